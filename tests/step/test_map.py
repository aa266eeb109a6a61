"""The map's data and the list beside it say the same."""

from django.test import Client

from tests.factories.step import POINT, SQUARE, make_locality, make_measure, make_plan

LINE = {"type": "LineString", "coordinates": [[5.89, 49.52], [5.90, 49.53]]}


def test_the_list_beside_the_map_groups_by_place_and_counts_once(client: Client, db: None) -> None:
    niederkorn, oberkorn = make_locality("niederkorn", position=1), make_locality("oberkorn", position=2)
    make_measure("VM-01", geometry=POINT, localities=[niederkorn])
    make_measure("VM-02", localities=[niederkorn, oberkorn])
    make_measure("VM-03")
    make_measure("VM-04", geometry=LINE)
    places = client.get("/de/karte/").context["places"]
    assert [m.code for m in places.located] == ["VM-01", "VM-04"]
    assert [[m.code for m in group.measures] for group in places.groups] == [["VM-01", "VM-02"], ["VM-02"]]
    assert [m.code for m in places.citywide] == ["VM-03"]
    assert places.total == 4


def test_map_data_is_geojson_with_outlines_and_measures(client: Client, db: None) -> None:
    make_measure("VM-01", geometry=LINE, localities=[make_locality(outline_note="Schematisch")])
    make_locality("oberkorn", outline=None)
    answer = client.get("/de/karte/daten.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    outline, measure = answer.json()["features"]
    assert outline["geometry"] == SQUARE
    assert outline["properties"]["note"] == "Schematisch"
    assert measure["geometry"] == LINE
    assert measure["properties"]["plan"] == "vm"
    assert measure["properties"]["url"] == "/de/massnahmen/VM-01/"


def test_the_number_in_a_popup_is_the_list_that_it_links_to(client: Client, db: None) -> None:
    niederkorn = make_locality()
    make_measure(localities=[niederkorn], geometry=POINT)
    make_measure(localities=[niederkorn])
    make_measure(localities=[niederkorn], lead_plan=make_plan("KN"))
    place = client.get("/de/karte/daten.geojson", {"plan": "vm"}).json()["features"][0]["properties"]
    assert place["count"] == 2
    assert client.get(place["list_url"]).context["total"] == 2


def test_the_filter_for_a_locality_leaves_the_other_outlines_without_a_number(client: Client, db: None) -> None:
    niederkorn, oberkorn = make_locality("niederkorn", position=1), make_locality("oberkorn", position=2)
    make_measure(localities=[niederkorn, oberkorn])
    first, second = client.get("/de/karte/daten.geojson", {"locality": "oberkorn"}).json()["features"]
    assert "count" not in first["properties"]
    assert second["properties"]["count"] == 1
    assert client.get("/de/karte/", {"locality": "none"}).context["places"].total == 0


def test_the_filters_of_the_list_narrow_the_map(client: Client, db: None) -> None:
    make_measure("VM-01", geometry=POINT)
    make_measure("KN-01", geometry=POINT, lead_plan=make_plan("KN"))
    features = client.get("/de/karte/daten.geojson", {"plan": "kn", "goal": "x"}).json()["features"]
    assert [feature["id"] for feature in features] == ["KN-01"]


def test_the_page_loads_its_map_without_any_other_host(client: Client, db: None) -> None:
    make_locality()
    page = client.get("/de/karte/?plan=vm").content.decode()
    assert 'data-map-source="/de/karte/daten.geojson?plan=vm"' in page
    assert "https://" not in page.split("<body>")[1].split("site-footer")[0]
