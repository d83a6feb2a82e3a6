"""What a browser may keep, and for how long it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.caching import etag_of
from directory import Directory
from tests.support.dates import TODAY

PUBLIC = [
    "/api/v1/services/ct-snap",
    "/api/v1/organizations/connecticut-childrens",
    "/api/v1/needs",
    "/api/v1/assessments",
    "/api/v1/assessments/ahc-hrsn",
]
PRIVATE = ["/api/v1/services", "/api/v1/services?q=food&town=Hartford"]


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_an_answer_that_still_holds_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == f"{'public' if address in PUBLIC else 'private'}, max-age=300"
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, first.headers["Cache-Control"])
    other = client.get(address, headers={"If-None-Match": 'W/"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_each_address_has_a_etag_of_its_own(client: FlaskClient) -> None:
    addresses = [*PUBLIC, *PRIVATE, "/api/v1/services?q=food&town=Meriden", "/api/v1/services?q=food"]
    assert len({client.get(address).headers["ETag"] for address in addresses}) == len(addresses)


def test_a_tag_holds_for_one_catalog_and_one_day(app: Flask) -> None:
    with app.test_request_context("/api/v1/services?q=food"):
        tags = {etag_of("a", TODAY), etag_of("b", TODAY), etag_of("a", TODAY + timedelta(days=1))}
        assert len(tags) == 3
        assert etag_of("a", TODAY) in tags


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/services?q=my+husband+hits+me",
        "/api/v1/services?q=Interval+House",
        "/api/v1/services?need=domestic-violence",
        "/api/v1/services/interval-house",
    ],
)
def test_what_tells_of_a_sensitive_need_is_not_to_be_kept(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_each_service_with_a_sensitive_need_is_not_to_be_kept(client: FlaskClient, real: Directory) -> None:
    """Also where it is not the first of its needs."""
    needs = real.catalog.needs
    sensitive = [
        service.id for service in real.catalog.services.values() if any(needs[need].sensitive for need in service.needs)
    ]
    assert len(sensitive) > 100
    kept = [one for one in sensitive if client.get(f"/api/v1/services/{one}").headers["Cache-Control"] != "no-store"]
    assert kept == []


def test_an_error_is_not_to_be_kept(client: FlaskClient) -> None:
    answer = client.get("/api/v1/services?need=foood")
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
