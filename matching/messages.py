"""Every sentence that matching says to a person, in English and Spanish side by side.

A template's places ({...}) are the same in both languages. Short words that fill them stand here too; dates, ages,
lists and areas are put into words by `catalog.format`.
"""

from __future__ import annotations

from catalog.model import Label

# ---- Ages as a rule states them; they stand inside the sentences below.

AGES_UNSTATED = Label("ages not stated", "no dice para qué edades es")
AGES_ALL = Label("all ages", "todas las edades")
AGES_CHILDREN = Label("children {end}", "niños {end}")
AGES_PEOPLE = Label("people {end}", "personas {end}")
AGES_FROM = Label("people of {start} and over", "personas de {start} o más")
AGES_FROM_TO = Label("people of {start} and over, {end}", "personas de {start} o más, {end}")
AGES_SPAN = Label("ages {first} through {last}", "edades de {first} a {last} años")
AGES_ONE = Label("age {age}", "la edad de {age} años")
AGES_ONE_YEAR = Label("age {age}", "la edad de {age} año")
END_UNDER = Label("under {age}", "menores de {age}")
END_THROUGH = Label("through age {age}", "hasta los {age}")
END_SCHOOL_YEAR = Label(
    "to the end of the school year in which they turn {age}", "hasta el fin del año escolar en que cumplen {age}"
)

# ---- Age

AGE_UNSTATED = Label("Ages not stated: ask when you call.", "No dice para qué edades es: pregunte cuando llame.")
AGE_ANY = Label("For all ages.", "Para todas las edades.")
AGE_SERVED = Label("For {ages}.", "Para {ages}.")
AGE_SERVED_CAREGIVER = Label("For a parent or caregiver, {ages}.", "Para quien cuida al niño: {ages}.")
AGE_UNKNOWN = Label("The age is not known here.", "No sabemos la edad.")
AGE_UNKNOWN_CAREGIVER = Label(
    "The age of the caregiver is not known here.", "No sabemos la edad de quien cuida al niño."
)
AGE_NOW = Label("On {day} this person is {age}{how}.", "El {day} esta persona tiene {age}{how}.")
AGE_NOW_CAREGIVER = Label("On {day} the caregiver is {age}{how}.", "El {day} quien cuida al niño tiene {age}{how}.")
AGE_NOT_EXACT = Label(" (birth date not known)", " (no sabemos la fecha de nacimiento)")
AGE_ASK_SCHOOL = Label("Ask the school for the last day.", "Pregunte a la escuela cuál es el último día.")
NEWBORN = Label("newborn", "menos de un día")
UNDER_ONE = Label("under 1 year", "menos de 1 año")

# ---- Where people live

OTHER_COUNTRY = Label("another country", "otro país")
HOME_STATE = Label("Connecticut", "Connecticut")
OTHER_STATE = Label("another state", "otro estado")
RESIDENCE_UNSTATED = Label("Does not say where people must live.", "No dice dónde hay que vivir.")
RESIDENCE_ANY = Label("Open to people from anywhere.", "Abierto a personas de cualquier lugar.")
WORKS_IN = Label("Works in {where}.", "Trabaja en {where}.")
ASK_IF_TAKES = Label("Ask whether it takes people from {home}.", "Pregunte si acepta a personas de {home}.")
LIVE_IN = Label("For people who live in {where}.", "Para personas que viven en {where}.")
TOWN_UNKNOWN = Label("The town is not known here.", "No sabemos en qué pueblo vive.")
ASK_IF_BELONGS = Label(
    "The list of towns is not published: ask whether {home} belongs.",
    "La lista de pueblos no está publicada: pregunte si incluye {home}.",
)
NOT_PART = Label("{home} is not part of it.", "No incluye {home}.")

# ---- Conditions, circumstances and exclusions

FOR_TERMS = Label("For: {terms}.", "Para: {terms}.")
NOT_FOR = Label("Not for: {terms}.", "No es para: {terms}.")
TERMS_MET = Label("This fits.", "Esto se cumple.")
TERMS_UNMET = Label("You said that this does not apply.", "Usted dijo que no es su caso.")
TERMS_IMPLAUSIBLE = Label(
    "Nothing you said points to it. If it applies, say so.", "Nada de lo que dijo lo indica. Si es su caso, dígalo."
)
TERMS_UNKNOWN = Label("Not known here whether this applies.", "No sabemos si es su caso.")

# ---- Grade

GRADE = Label("grade {grade}", "el grado {grade}")
GRADES_BEFORE_FIRST = {"PK": Label("grade PK", "prekínder"), "K": Label("grade K", "kínder")}
GRADES_UP_TO = Label("For students up to {last}.", "Para estudiantes hasta {last}.")
GRADES_SPAN = Label("For students in {first} to {last}.", "Para estudiantes desde {first} hasta {last}.")
GRADES_FROM = Label("For students from {first} on.", "Para estudiantes desde {first} en adelante.")
GRADE_UNKNOWN = Label("The grade is not known here.", "No sabemos el grado escolar.")
GRADE_NOW = Label("This student is in {grade}.", "Este estudiante está en {grade}.")

# ---- Insurance

INSURANCE_ANY = Label("Any insurance, or none.", "Con cualquier seguro o sin seguro.")
INSURANCE_OF = Label("For people with: {kinds}.", "Seguro que se pide: {kinds}.")
INSURANCE_UNKNOWN = Label("The insurance is not known here.", "No sabemos qué seguro médico tiene.")
INSURANCE_NAMED = Label("You named: {kinds}.", "Usted dijo: {kinds}.")
NONE = Label("none", "ninguno")

# ---- Income

INCOME_ANY = Label("There is no income limit.", "No hay límite de ingresos.")
INCOME_LIMITS = Label("For {limits}.", "Se piden {limits}.")
UP_TO_POVERTY = Label(
    "income up to {percent} % of the federal poverty level",
    "ingresos de hasta el {percent} % del nivel federal de pobreza",
)
ABOVE_POVERTY = Label(
    "income above {percent} % of the federal poverty level",
    "ingresos de más del {percent} % del nivel federal de pobreza",
)
UP_TO_MEDIAN = Label(
    "income up to {percent} % of the state median", "ingresos de hasta el {percent} % de la mediana del estado"
)
UP_TO_DOLLARS = Label("income up to ${dollars} a year", "ingresos de hasta ${dollars} al año")
# The catalog has these words in English alone.
INCOME_STATED = Label("income: {words}", "ingresos según las reglas del programa (en inglés: “{words}”)")
INCOME_UNKNOWN = Label("The income is not known here.", "No sabemos los ingresos.")
INCOME_SHARE = Label(
    "This household is at about {percent} % of the poverty level.",
    "Este hogar tiene cerca del {percent} % del nivel de pobreza.",
)
INCOME_ASK = Label("Ask for the limit that applies.", "Pregunte qué límite hay en su caso.")

# ---- Questions that would help

QUESTIONS = {
    "age": Label(
        "How old is the child? A birth date is best.",
        "¿Cuántos años tiene el niño? Lo mejor es la fecha de nacimiento.",
    ),
    "caregiver_age": Label(
        "How old is the parent or caregiver?", "¿Qué edad tiene la madre, el padre o quien cuida al niño?"
    ),
    "town": Label("Which town do they live in?", "¿En qué pueblo viven?"),
    "income": Label(
        "What is the household's income, and how many people live on it?",
        "¿Cuáles son los ingresos del hogar y cuántas personas viven de ellos?",
    ),
    "insurance": Label("What health insurance do they have?", "¿Qué seguro médico tienen?"),
    "grade": Label("Which grade is the student in?", "¿En qué grado está el estudiante?"),
}
QUESTION_TERM = Label("Does this apply: {term}?", "¿Es este su caso? {term}")

# ---- What is coming up

TURNS = Label("turns {age}", "cumple {age}")
IS_OLD = Label("is {age} old", "tiene {age}")
ON_DAY = Label("on {day}", "el {day}")
AROUND_MONTH = Label("around {month}", "hacia {month}")

# ---- Safety, and needs without a service

SAFETY = Label(
    "If someone is in danger right now, call 911. "
    "To talk with someone at any hour, call or text 988, or dial 211 and press 1.",
    "Si alguien está en peligro ahora mismo, llame al 911. "
    "Para hablar con alguien a cualquier hora, llame o mande un texto al 988, o marque 211 y oprima 1.",
)
NO_LINE = Label("{need}: call 211.", "{need}: llame al 211.")
OTHER_LINE = Label("{need}: call {line}, {number}.", "{need}: llame a {line}, {number}.")
LANGUAGE_UNSTATED = Label("{spoken} is not stated: ask.", "No dice si atienden en este idioma: {spoken}. Pregunte.")
ASK_211 = Label(
    "Nothing here surely fits this need. 211 can look further.",
    "Aquí no hay nada que seguro sirva para esta necesidad. El 211 puede buscar más.",
)
