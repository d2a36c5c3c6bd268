"""From a filtered list of recognised registrations to the certificate that anybody checks, in a real browser."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from awards.models import Award, AwardForm, Decision, Nomination
from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from models_registry.models import Registration
from tests.accounts.factories import PASSWORD, user_with
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city
from tests.visiting import come_signed_in, follow

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MANY = 5
TODAY = f"{timezone.localdate():%d/%m/%Y}"


@pytest.fixture
def open_for(new_context):
    """Return the function that opens a browser of somebody's own, who has signed in."""

    def opened(user):
        page = new_context(viewport={"width": 1440, "height": 900}).new_page()
        come_signed_in(page, user)
        return page

    return opened


def send(page):
    follow(page, "main form[method=post] button[type=submit]")


def fill(page, **words):
    for name, text in words.items():
        page.fill(f"[name={name}]", text)


def do_to_all(page, act, where):
    """Choose ``act`` for all rows of the filter ``where`` of the nominations, and carry it out as it was previewed."""
    page.goto(f"/desk/awards/nominations/?{where}")
    page.select_option("#bulk-act", act)
    follow(page, "#bulk button[value=all] >> nth=0")
    send(page)


def propose(page):
    """Narrow the list of registrations, and propose all that are found for the city's certificate of merit."""
    page.goto("/desk/registrations/?state=recognised&q=hien dat")
    page.select_option("#bulk-act", "propose_award")
    follow(page, "#bulk button[value=all]")
    form = AwardForm.objects.in_force(timezone.localdate()).get(code="merit-city")
    page.select_option("[name=form]", str(form.pk))
    send(page)
    follow(page, "main a[href='/desk/awards/nominations/']")


def examine(page):
    """Write down the session with its votes: all present in favour, but for one vote against the first."""
    page.goto("/desk/awards/nominations/?waits=examine")
    follow(page, "#bulk button[formaction$='/examine/'][value=all]")
    fill(page, number="05/BB-HĐ", held_on=TODAY, chair="Trần Văn A", secretary="Lê Thị B", present="10")
    page.fill("input[name^=against-] >> nth=0", "1")
    send(page)


def draft(page):
    """Put what is approved into a decision, and write its number, day and signer."""
    do_to_all(page, "draw", "waits=draw")
    follow(page, "main a[href$='/edit/']")
    fill(page, number="501/QĐ-UBND", signed_on=TODAY, signer="Trần Văn Bình", signer_post="Chủ tịch")
    send(page)
    return Decision.objects.get()


def issue(page, decision):
    """Issue the decision, with the password again."""
    page.goto(f"/desk/awards/{decision.pk}/issue/")
    send(page)
    assert "reauthenticate" in page.url
    page.fill("[name=password]", PASSWORD)
    send(page)
    decision.refresh_from_db()
    assert decision.state == "issued"


def make_certificates(page, decision):
    """Ask for all certificates, wait for the job by its page, and return the file that its button leads to."""
    page.goto(decision.get_absolute_url())
    follow(page, "form[action$='/certificates/full/make/'] button")
    job = Job.objects.get(kind="awards.certificates")
    page.goto(job.get_absolute_url())
    page.wait_for_selector(".state--done", timeout=30_000)
    follow(page, "main .actions a.btn-primary")
    link = page.locator("#papers a[href$='/certificates/full/']").get_attribute("href")
    answer = page.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_recognised_registrations_become_certificates_that_anybody_checks(open_for, worker, new_context, axe):
    commune = UnitFactory()
    for number in range(MANY):
        RegistrationFactory(recognised=True, unit=commune, registrant=f"Chi hội Phụ nữ thôn {number}")
    RegistrationFactory(recognised=True, unit=commune, title="Khéo trong xử lý rác thải", registrant="Tổ 9")
    staff, judge = (open_for(user_with(Role.CITY_STAFF, city())) for _time in range(2))
    leader = open_for(user_with(Role.CITY_LEADER, city()))

    propose(staff)
    assert Nomination.objects.count() == MANY < Registration.objects.count()
    do_to_all(staff, "submit", "waits=submit")
    examine(judge)
    do_to_all(judge, "approve", "waits=approve")
    assert set(Nomination.objects.values_list("state", flat=True)) == {"approved"}
    decision = draft(staff)
    issue(leader, decision)
    pages = PdfReader(io.BytesIO(make_certificates(staff, decision))).pages

    awards = list(Award.objects.in_annex_order())
    assert sorted(award.golden_book_number for award in awards) == list(range(1, MANY + 1))
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert [award.recipient_name in text for award, text in zip(awards, texts, strict=False)] == [True] * MANY
    assert awards[0].registration.title in texts[0]

    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto(f"/verify/{awards[0].verify_code}/")
    told = visitor.locator("main").inner_text()
    assert awards[0].recipient_name in told
    assert "501/QĐ-UBND" in told
    assert visitor.locator(".state--valid").count() == 1
