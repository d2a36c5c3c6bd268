"""Whatever is typed, sent or put into an address is answered: by a sentence, or by 4xx; never by 500.

Each list is asked with every filter it has, each form is sent with every field it has: a new filter or field is tried
without being named here. Of what a field refuses, one value is sent; each kind of field meets every value there is.
"""

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from mobilization.core.forms import TextField
from tests.access import World
from tests.accounts.factories import PositionFactory, UserFactory, prove
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.shared import for_a_whole_file
from tests.telling import in_one, reaching, spread, together

pytestmark = pytest.mark.django_db

#: Cursors that decode to something: [], [0,null], [0,1e999], numbers that are none.
CURSORS = ("W10", "WzAsbnVsbF0", "WzAsMWU5OTld", "WzAsIlx1ZDgwMCIsMV0")
NASTY = (
    "\x00",
    "a\x00b",
    "'",
    "%",
    "\\",
    "&|!<->:*()",
    "e\u0301a\u0306\u0323",  # NFD
    "👩‍👩‍👧‍👦🇻🇳",
    "\u202egnp.exe",
    "\u200b",
    "\ufeff",
    "01/01/0000",
    "0000-00-00",
    "31/12/9999",
    "9999-12-31",
    "31/02/2026",
    "24:61",
    "-1",
    "0",
    "1e400",
    "NaN",
    "9" * 19,
    "9" * 5000,
    "٣",
    "[]",
    '{"a": 1}',
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "../../../../etc/passwd",
    "x" * 2046,
    "x" * 2047,
    "x" * 20_000,
    *CURSORS,
)
LISTS = {
    "units:list": {},
    "accounts:list": {},
    "audit:list": {},
    "dialogues:list": {},
    "dialogues:export": {"file_format": "csv"},
    "dialogues:opinions": {},
    "dialogues:opinion_export": {"file_format": "xlsx"},
    "appraisal:sessions": {},
    "jobs:list": {},
    "publication:list": {},
}
ALWAYS = ("cursor", "per_page", "q", "nothing", "order", "columns")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        yield World()


@pytest.fixture(scope="module")
def everybody(world):
    """Somebody who may open every page of staff."""
    user = UserFactory()
    city = world.users["administrator"].positions.get().unit
    for role in ("administrator", "city_staff", "city_leader", "auditor"):
        PositionFactory(user=user, role=role, unit=city)
    PositionFactory(user=user, role="official", unit=world.commune)
    return user


@pytest.fixture
def everywhere(everybody, client):
    """A browser in which that person has just typed the password."""
    client.force_login(everybody)
    prove(client, everybody)
    return client


def read(response):
    """Read the whole answer: what streams may still fail while it is read."""
    return b"".join(response) if response.streaming else response.content


def filters_of(client, name):
    context = client.get(reverse(name)).context
    return context["filter_form"] if "filter_form" in context else forms.Form()


#: What goes through many a field besides, to the query behind it.
REACHING = ("9" * 18, "e\u0301👩‍👩‍👧‍👦")


@pytest.mark.parametrize("name", LISTS)
def test_list_answers_any_value_of_any_filter(everywhere, world, name):
    OpinionFactory(dialogue=DialogueFactory(unit=world.commune, held=True))
    page = name.replace("opinion_export", "opinions").replace("export", "list")
    filters = filters_of(everywhere, page)
    # A file has the rows of its list, filtered by the same code: the list is asked for everything, the file for some.
    step = 5 if "export" in name else 1
    # A cursor that is none is as good as no cursor, so the words beside it are looked for.
    asked = together(filters, sorted({*ALWAYS, *filters.fields}), (*NASTY[::step], *REACHING[::step]))
    asked += [{"cursor": value} for value in CURSORS]
    for query in asked:
        response = everywhere.get(reverse(name, kwargs=LISTS[name]), query)
        read(response)
        # Twenty fields of 5,000 letters are an address that no server takes.
        assert response.status_code == 200 or len(str(query)) > 20_000, query
        assert response.status_code < 500, query


@pytest.mark.parametrize("name", LISTS)
def test_list_answers_any_query_string(everywhere, name):
    for query in ("%ff%fe=%00", "&&==&", "q=%", "q=a&q=b", "q[]=1", "=", "?", "&".join(["q=1"] * 1100)):
        response = everywhere.get(reverse(name, kwargs=LISTS[name]), QUERY_STRING=query)
        read(response)
        assert response.status_code in {200, 400}, query


@pytest.mark.parametrize("name", [name for name in LISTS if "export" not in name])
def test_list_answers_any_method(everywhere, name):
    for method in ("head", "options", "post", "put", "patch", "delete", "trace"):
        assert getattr(everywhere, method)(reverse(name)).status_code in {200, 405}, method


ID = "99999999999999999999"


@pytest.mark.parametrize(
    "room", ["units", "accounts", "dialogues", "dialogues/opinions", "dialogues/attachments"]
)
def test_record_of_any_number_is_not_found(everywhere, room):
    for number in (ID, "9" * 5000, "0"):
        assert everywhere.get(f"/desk/{room}/{number}/").status_code == 404, number[:30]


def dialogue(world, **state):
    return {"pk": DialogueFactory(unit=world.commune, **(state or {"held": True})).pk}


def opinion(world, **facts):
    return {"pk": OpinionFactory(dialogue=DialogueFactory(unit=world.commune, held=True), **facts).pk}


def nothing(_world):
    return {}


def account(world):
    return {"pk": world.users["neighbour"].pk}


def position(world):
    return {"pk": world.users["neighbour"].positions.get().pk}


NEW_DIALOGUE = {"topic": "Rác thải", "held_on": "01/02/2026", "already_held": "on", "summary_only": "on"}
NEW_OPINION = {"field": "land", "matter": "Đền bù", "text": "Bao giờ chi trả?"}
INVITATION = {"email": "a@example.vn", "full_name": "Lê Mai", "language": "vi", "role": "city_staff"}
#: The page of each form → what its address needs, and what a right answer holds beside what the form begins with.
FORMS = {
    "dialogues:new": (nothing, NEW_DIALOGUE),
    "dialogues:edit": (dialogue, {}),
    "dialogues:announce": (lambda world: dialogue(world, state="planned"), {"announced_on": "01/03/2026"}),
    "dialogues:hold": (lambda world: dialogue(world, announced=True), {}),
    "dialogues:publish": (dialogue, {}),
    "dialogues:cancel": (lambda world: dialogue(world, announced=True), {"reason": "Mưa bão"}),
    "dialogues:opinion_new": (dialogue, NEW_OPINION),
    "dialogues:opinion_edit": (opinion, {}),
    "dialogues:opinion_answer_on_spot": (opinion, {}),
    "dialogues:opinion_take_up": (opinion, {}),
    "dialogues:opinion_answer": (opinion, {"answer": "Sẽ làm"}),
    "dialogues:opinion_resolve": (opinion, {"answer": "Đã làm"}),
    "dialogues:opinion_refer_outside": (opinion, {"reason": "Của Sở"}),
    "dialogues:opinion_not_accept": (opinion, {"reason": "Trái luật"}),
    "dialogues:opinion_reopen": (
        lambda world: opinion(world, status="outside_competence"),
        {"reason": "Mới"},
    ),
    "dialogues:opinion_publish_text": (opinion, {}),
    "dialogues:opinion_withdraw_text": (
        lambda world: opinion(world, is_public=True, public_text="Rác"),
        {"reason": "Có tên"},
    ),
    "accounts:invite": (nothing, INVITATION),
    "accounts:edit": (account, {}),
    "accounts:grant": (account, {"role": "auditor"}),
    "accounts:end_position": (position, {}),
    "accounts:profile": (nothing, {}),
    "accounts:reorganise": (nothing, {}),
}
#: What most fields take, so that what lies behind the form meets it too.
PASSABLE = ("e\u0301👩‍👩‍👧‍👦", "\u200b", "0", "31/12/2100")


def begin(client, address, right, world):
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields} | right
    if "unit" in form.fields and not values.get("unit"):
        city = form.fields["unit"].queryset.cities().get()
        values["unit"] = city.code if form.fields["unit"].widget.input_type == "text" else city.pk
    return {name: value for name, value in values.items() if value not in (None, "")}


def send(client, address, values):
    with transaction.atomic():
        response = client.post(address, values)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("name", FORMS)
def test_form_answers_any_value_of_any_field(everywhere, world, name):
    make, right = FORMS[name]
    address = reverse(name, kwargs=make(world))
    right = begin(everywhere, address, right, world)
    form = everywhere.get(address).context["form"]
    passed = 200 if name == "accounts:reorganise" else 302
    assert send(everywhere, address, right) == passed
    for answer in spread(form, form.fields, NASTY, in_one):
        assert send(everywhere, address, answer) < 500, answer
    for answer in reaching(form, PASSABLE, TextField):
        texts_alone = all(type(form.fields[field]) is TextField for field in answer)
        status = send(everywhere, address, right | answer)
        assert status == passed if texts_alone else status < 500, answer


@pytest.mark.parametrize("name", FORMS)
def test_form_answers_an_empty_answer_and_any_body(everywhere, world, name):
    address = reverse(name, kwargs=FORMS[name][0](world))
    assert send(everywhere, address, {}) < 500
    for kind in (
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/plain; charset=zz",
    ):
        response = everywhere.generic("POST", address, b"--x\r\nnonsense\x00\xff", content_type=kind)
        assert response.status_code < 500, kind


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="a\\000bcdefghij"',
        "sessionid=" + "x" * 3000,
        'csrftoken="\\000"',
        'django_language="\\000"',
        "=;=;",
    ],
)
@pytest.mark.parametrize("path", ["/", "/desk/", "/accounts/login/"])
def test_page_answers_any_cookie(client, path, cookie):
    assert client.get(path, headers={"cookie": cookie}).status_code in {200, 302}


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/?next=%00//x",
        "/accounts/login/?next=https://example.org",
        "/accounts/password/reset/key/zzzzzzzzzzzzz-x/",
        "/accounts/password/reset/key/" + "z" * 300 + "-x/",
        "/accounts/password/reset/key/1-%00/",
        "/desk/%00/",
        "/desk/accounts/second-factor/?next=%0d%0aX:1",
        "/desk/dialogues/export.%00",
    ],
)
def test_address_of_any_kind_is_answered(client, path):
    assert client.get(path).status_code < 500


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reauthenticate"])
def test_sign_in_answers_any_value(client, name):
    for value in NASTY:
        fields = ("login", "password", "email", "remember", "next")
        assert client.post(reverse(name), dict.fromkeys(fields, value)).status_code < 500, value
