"""Checks of where facts come from, how old they are, and whose page families see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from catalog.checks.context import Context
from catalog.freshness import is_stale
from catalog.reading.problems import Problem


def every_service_has_a_source(context: Context) -> Iterator[Problem]:
    """A service has a source, and each eligibility rule rests on one of its sources or pages."""
    for service in context.services:
        if not service.sources:
            yield context.problem(service, ("sources",), "give at least one source.", "sources")
        known = {source.url for source in service.sources} | set(service.urls)
        for number, alternative in enumerate(service.eligibility):
            if alternative.source not in known:
                message = "is not among the “sources” of this service; add it there."
                yield context.problem(service, ("eligibility", number, "source"), message, "sources")


def dates_are_not_in_the_future(context: Context) -> Iterator[Problem]:
    """Nothing was checked tomorrow."""
    for service in context.services:
        if service.assured_date and service.assured_date.earliest > context.today:
            message = f"{service.assured_date.text} is in the future."
            yield context.problem(service, ("assured_date",), message, "dates")


def facts_are_fresh(context: Context) -> Iterator[Problem]:
    for service in context.services:
        if is_stale(service, context.today):
            when = f"last assured {service.assured_date.text}" if service.assured_date else "never assured"
            message = f"{when}; check it against its sources and set “assured_date”."
            yield context.warning(service, ("assured_date",), message, "stale")


_UNFIT_HOSTS = re.compile(
    r"(^|\.)(archive\.org|constantcontact\.com|qgiv\.com|givebutter\.com|gofundme\.com|eventbrite\.com|yahoo\.com"
    r"|patch\.com|facebook\.com|issuu\.com|docslib\.org|github\.com|amazon\.com|etsy\.com|shopify\.com|medium\.com"
    r"|courant\.com|ctpost\.com|nhregister\.com|ctmirror\.org|theday\.com|newstimes\.com|wikipedia\.org"
    r"|prnewswire\.com|businesswire\.com|guidestar\.org|propublica\.org|tvisdata\.hrsa\.gov)$"
    r"|(^|[.-])(stage|staging|uat|preview|dev|test|mirror|authoring-[a-z]+)([.-]|$)"
    r"|(news|shop|store|grants?|observer|times|courier|gazette|tribune|herald|journal|patch)\.(com|org|net)$",
    re.IGNORECASE,
)


def pages_are_the_programs_own(context: Context) -> Iterator[Problem]:
    """What families see as the website is no news story, mirror, shop, grant record or staging host."""
    for service in context.services:
        for index, url in enumerate(service.urls):
            host = urlsplit(url).hostname or ""
            if _UNFIT_HOSTS.search(host):
                message = f"{host} looks like a news, mirror, shop, grant or staging host; keep it under “sources”."
                yield context.warning(service, ("urls", index), message, "website")
