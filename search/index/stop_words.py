"""Words of asking, which say nothing of what is asked for. Folded, as the analysers see them."""

from __future__ import annotations

ASKING = {
    "en": (
        "a about after all am an and any anyone anybody are around as at be been being but by can cannot could"
        " did do does doing don't else ever for from gave get getting gets give go going gone good got had has"
        " have having he help helping helps her here him his how i i'm if in into is it it's its just know let"
        " like long look looking lot many may me more much must my near nearby need needed needing needs no nobody"
        " not of off on one only or our out over own please really right same seem she should so some somebody"
        " someone something somewhere than thank thanks that the their them then there these they thing things"
        " this those through to too try trying under until up us use using very want wanting wants was way we were"
        " what when where which while who whom why will wish with would you your"
    ),
    "es": (
        "a al algo alguien alguna alguno ante aqui asi aun ayuda ayudar ayuden ayudo busca buscando buscar busco"
        " cada como con cual cuando cuanto de del desde donde dos el ella ellas ellos en entre era es esa ese eso"
        " esta estan estar estas este esto estos estoy fue ha hacer haga hago hasta hay he hola la las le les lo"
        " los mas me mi mis mucho muy nada necesita necesitamos necesito ni no nos nosotros o otra otro para pero"
        " por porque puede pueden puedo pues que quien quiere quiero se sea ser si sin sobre solo somos son soy su"
        " sus tambien tan tengo tiene tienen toda todo tu un una unas uno unos usted ustedes va vamos voy y ya yo"
    ),
}

# Who tells of these asks for a family. Not "baby": there is as much to buy for one as there is help.
FAMILY = frozenset(
    (
        "child children kid kids son sons daughter daughters stepson stepdaughter grandson granddaughter grandchild"
        " grandchildren nephew niece family families teen teens teenager teenagers toddler student"
        " hijo hija hijos hijas nino nina ninos ninas nieto nieta nietos nietas sobrino sobrina familia familias"
        " adolescente adolescentes"
    ).split()
)
