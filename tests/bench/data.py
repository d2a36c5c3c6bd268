"""Seeded data of the real size: registrations over 16 years on the real units, with all that belongs to them.

Everything is written by the database itself, a statement per table; the same scale gives the same rows. They come in
year after year, as they do in life, and are put together of a few hundred pieces of text.
"""

import datetime
import logging
import time
from itertools import product

from django.core.management import call_command
from django.db import connection, transaction

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.core.text import person_sort_key
from mobilization.units.models import Unit
from models_registry.models import Campaign
from tests.bench.loading import in_bulk, pieces
from tests.bench.words import AIMS, FAMILY, GIVEN, GROUPS, PLACES, TITLES, TOPICS

FIRST_YEAR, YEARS = 2011, 16
OFFICIALS = 400
TABLES = (
    "models_registry_skilledmodel",
    "models_registry_registration",
    "models_registry_recognition",
    "dialogues_dialogue",
    "dialogues_opinion",
    "awards_decision",
    "awards_award",
)

VECTORS_GIVEN = ("models_registry_registration", "dialogues_dialogue", "dialogues_opinion")

logger = logging.getLogger("bench")


def make(scale: int) -> None:
    """Fill the empty database; one that holds this scale already is left as it is."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_scale (scale bigint)")
        cursor.execute("SELECT scale FROM bench_scale")
        found = cursor.fetchone()
    if found:
        if found[0] != scale:
            raise SystemExit(f"This database holds {found[0]} registrations; remove its directory first.")
        return
    call_command("load_units", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        _people_and_campaigns()
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # what is left to check would stand in the way of loading
        _words(cursor)
        with in_bulk(TABLES, vectors_given=VECTORS_GIVEN):
            for name, statement in STATEMENTS.items():
                started = time.perf_counter()
                cursor.execute(statement, {"scale": scale, "first": FIRST_YEAR})
                logger.info("%-14s %10d rows %6.1f s", name, cursor.rowcount, time.perf_counter() - started)
            started = time.perf_counter()
        logger.info("%-14s %22.1f s", "indexes", time.perf_counter() - started)
        for table in ("accounts_user", *TABLES):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute("INSERT INTO bench_scale VALUES (%s)", [scale])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _people_and_campaigns() -> None:
    city = Unit.objects.in_force().cities().get()
    communes = list(Unit.objects.in_force().communes())
    people = [
        User(
            pk=number,
            email=f"official{number}@example.vn",
            full_name=f"Nguyễn Văn {number}",
            sort_key=person_sort_key(f"Nguyễn Văn {number}"),
        )
        for number in range(1, OFFICIALS + 1)
    ]
    User.objects.bulk_create(people)
    roles = [(Role.OFFICIAL, unit) for unit in communes] + [(Role.REVIEWER, unit) for unit in communes]
    roles += [(Role.CITY_STAFF, city), (Role.AUDITOR, city)]
    Position.objects.bulk_create(
        Position(user=user, role=role, unit=unit, valid_from=datetime.date(2025, 7, 1))
        for user, (role, unit) in zip(people, roles, strict=False)
    )
    Campaign.objects.bulk_create(
        Campaign(city=city, year=year, title=f"Năm {year}", opened_on=datetime.date(year, 1, 10))
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)
    )


def _words(cursor) -> None:
    """Words to pick from, and the units of each era, numbered from 0."""
    cursor.execute(
        """
        CREATE FUNCTION pg_temp.dice(n bigint, salt int, sides int) RETURNS int LANGUAGE sql IMMUTABLE
            AS 'SELECT ((hashint8extended(n, salt) & 9223372036854775807) % sides)::int';
        CREATE FUNCTION pg_temp.era(year int) RETURNS date LANGUAGE sql IMMUTABLE
            AS $$SELECT CASE WHEN year < 2025 THEN date '2024-12-31' WHEN year = 2025 THEN date '2025-06-30'
                ELSE date '2025-07-01' END$$;
        CREATE TEMPORARY TABLE places AS
            SELECT era, id, row_number() OVER (PARTITION BY era ORDER BY id) - 1 AS place
            FROM units_unit, unnest(ARRAY[date '2024-12-31', date '2025-06-30', date '2025-07-01']) era
            WHERE kind <> 'city' AND valid_from <= era AND (valid_to IS NULL OR valid_to > era);
        CREATE TEMPORARY TABLE eras AS SELECT era, count(*)::int AS places FROM places GROUP BY era;
        ANALYZE places;
        ANALYZE eras
        """
    )
    pieces(cursor, "names", "A", TITLES)
    pieces(cursor, "titles", "A", (f"{title} {place}" for title, place in product(TITLES, PLACES)))
    pieces(cursor, "hamlets", "B", PLACES)
    pieces(cursor, "groups", "B", GROUPS)
    pieces(cursor, "aims", "C", AIMS)
    pieces(cursor, "contents", "D", (f"{first}. {second}." for first, second in product(AIMS, AIMS)))
    pieces(cursor, "people", "D", (f"{family} {given}" for family, given in product(FAMILY, GIVEN)))
    pieces(cursor, "topics", "A", TOPICS)
    pieces(cursor, "halls", "B", ["Nhà văn hóa"])
    pieces(cursor, "answers", "B", AIMS)


# A model lives up to four years, one registration in each; registration n belongs to year n mod 16. Of each sixteen
# years the lives begin in another one, so that a quarter of every year's models is new. ``dice`` is drawn of a row's
# number alone.
STATEMENTS = {
    "models": """
        INSERT INTO models_registry_skilledmodel (id, title, unit_id, created_at)
        SELECT n, names.words, places.id, make_date(%(first)s + (n %% 5)::int * 3, 1, 15)
        FROM generate_series(0, (%(scale)s / 16 + 1) * 5) n
        JOIN names ON names.number = pg_temp.dice(n, 1, 20)
        JOIN places ON era = date '2024-12-31' AND place = pg_temp.dice(n, 2, 609)
    """,
    "registrations": """
        INSERT INTO models_registry_registration (
            id, model_id, campaign_id, year, unit_id, state, state_since, title, place, registrant, kind, subject,
            field, level, novelty, aim, content, method, beneficiaries, households, participants, partners, starts_on,
            ends_on, person_name, person_post, person_phone, result_summary, figures_before, figures_after, product,
            money, money_from_people, working_days, land_m2, difficulty, lessons, outcome, outcome_reason, previous_id,
            typed_by_id, typists, submitted_by_id, submitted_at, late, reported_at, report_late, returned_by_id,
            rounds, exemplary, proposed_to, created_at, changed_at, version, search
        )
        SELECT n, model, campaign.id, year, unit.id, state, make_date(year, 3, 1) + dice,
            title.words, hamlet.words, registrant.words, (ARRAY['model', 'model', 'example', 'work'])[1 + pg_temp.dice(n, 5, 4)],
            (ARRAY['collective', 'collective', 'individual'])[1 + pg_temp.dice(n, 6, 3)],
            (ARRAY['political_system', 'economy', 'culture_society', 'defence_security'])[1 + pg_temp.dice(n, 7, 4)],
            level, CASE WHEN new THEN 'new' ELSE 'maintained' END,
            aim.words, content.words, method.words, '', pg_temp.dice(n, 12, 400), pg_temp.dice(n, 13, 900), '',
            make_date(year, 2, 1), make_date(year, 11, 1), person.words, 'Bí thư chi bộ', '',
            CASE WHEN reported THEN result.words ELSE '' END, '', '', '',
            pg_temp.dice(n, 17, 400) * 1000000 + 400000000, pg_temp.dice(n, 18, 300) * 1000000, NULL, NULL, '', '',
            CASE WHEN reported AND year < 2026
                THEN (ARRAY['replicate', 'maintain', 'maintain', 'strengthen', 'end'])[1 + pg_temp.dice(n, 19, 5)] ELSE '' END,
            '', CASE WHEN NOT new THEN n - 1 END, official, ARRAY[official], official,
            CASE WHEN state <> 'draft' THEN make_date(year, 3, 1) END, false,
            CASE WHEN reported THEN make_date(year, 10, 1) END, false,
            CASE WHEN state IN ('returned', 'report_returned') THEN official END,
            CASE WHEN state IN ('returned', 'report_returned') THEN 1 ELSE 0 END,
            state = 'recognised' AND pg_temp.dice(n, 20, 8) = 0, '', make_date(year, 2, 1), make_date(year, 3, 1), 3,
            title.vector || registrant.vector || hamlet.vector || aim.vector || content.vector
        FROM (
            SELECT n, year, dice, level, state, n / 16 * 5 + (n %% 16 + n / 16 %% 4) / 4 AS model,
                n %% 16 = 0 OR (n %% 16 + n / 16 %% 4) %% 4 = 0 AS new,
                state IN ('reported', 'report_returned', 'recognised', 'not_recognised') AS reported,
                1 + pg_temp.dice(n, 24, 400) AS official
            FROM (
                SELECT n, %(first)s + campaign AS year, pg_temp.dice(n, 21, 100) AS dice,
                    (ARRAY['city', 'city', 'city', 'intermediate', 'intermediate', 'intermediate', 'intermediate',
                        'intermediate', 'intermediate'])[1 + pg_temp.dice(n, 22, 75)] AS above,
                    CASE WHEN n %% 16 = 15 THEN ARRAY[10, 25, 30, 65, 75, 80, 96, 96, 100, 100]
                        ELSE ARRAY[0, 0, 0, 5, 8, 8, 86, 94, 97, 100] END AS bounds
                FROM generate_series(0, 15) campaign CROSS JOIN LATERAL generate_series(campaign, %(scale)s - 1, 16) n
            ) rolled CROSS JOIN LATERAL (
                SELECT coalesce(above, 'grassroots') AS level, (ARRAY['draft', 'submitted', 'returned', 'accepted',
                    'reported', 'report_returned', 'recognised', 'not_recognised', 'declined', 'withdrawn'])[
                    1 + width_bucket(dice, bounds)] AS state
            ) named
        ) one
        JOIN models_registry_campaign campaign USING (year)
        JOIN eras ON eras.era = pg_temp.era(year)
        JOIN places unit ON unit.era = eras.era AND unit.place = pg_temp.dice(n / 16, 23, eras.places)
        JOIN titles title ON title.number = pg_temp.dice(model, 1, 20) * 48 + pg_temp.dice(model, 3, 48)
        JOIN hamlets hamlet ON hamlet.number = pg_temp.dice(model, 3, 48)
        JOIN groups registrant ON registrant.number = pg_temp.dice(n, 4, 6)
        JOIN aims aim ON aim.number = pg_temp.dice(n, 8, 6)
        JOIN contents content ON content.number = pg_temp.dice(n, 9, 6) * 6 + pg_temp.dice(n, 10, 6)
        JOIN aims method ON method.number = pg_temp.dice(n, 11, 6)
        JOIN aims result ON result.number = pg_temp.dice(n, 16, 6)
        JOIN people person ON person.number = pg_temp.dice(n, 14, 8) * 8 + pg_temp.dice(n, 15, 8)
    """,
    "recognitions": """
        INSERT INTO models_registry_recognition
            (registration_id, level, body, number, decided_on, exemplary, recorded_by_id, recorded_at)
        SELECT id, recognised, 'Đảng ủy', 1 + id %% 900 || '-QĐ/ĐU', make_date(year, 12, 1), exemplary, typed_by_id,
            make_date(year, 12, 1)
        FROM models_registry_registration
        CROSS JOIN LATERAL unnest(CASE WHEN level <> 'city' AND pg_temp.dice(id, 25, 12) = 0 THEN ARRAY[level, 'city']
            ELSE ARRAY[level::text] END) recognised
        WHERE state = 'recognised'
    """,
    "dialogues": """
        INSERT INTO dialogues_dialogue (
            id, unit_id, kind, state, topic, plan_number, held_on, venue, form, chairs, attending, spoke,
            minutes_number, conclusion_number, published_on, cancel_reason, summary_only, opinions_total,
            opinions_on_spot, opinions_resolved, opinions_in_progress, opinions_outside, typed_by_id, created_at,
            updated_at, version, search
        )
        SELECT n, unit.id, CASE WHEN n %% 5 = 0 THEN 'ad_hoc' ELSE 'periodic' END,
            CASE WHEN n %% 20 = 0 THEN 'held' ELSE 'published' END, topic.words, '', held_on,
            hall.words, 'in_person', ARRAY['committee_chair'], 40 + pg_temp.dice(n, 32, 300), 12, '', '',
            CASE WHEN n %% 20 > 0 THEN held_on + 8 END, '', summary, CASE WHEN summary THEN 15 END,
            CASE WHEN summary THEN 8 END, CASE WHEN summary THEN 4 END, CASE WHEN summary THEN 2 END,
            CASE WHEN summary THEN 1 END, 1 + pg_temp.dice(n, 33, 400), held_on, held_on, 1, topic.vector || hall.vector
        FROM (
            SELECT n, n %% 3 = 0 AS summary, pg_temp.era(%(first)s + campaign) AS era,
                make_date(%(first)s + campaign, 2, 1) + pg_temp.dice(n, 34, 300) AS held_on
            FROM generate_series(0, 15) campaign CROSS JOIN LATERAL generate_series(campaign, %(scale)s / 10, 16) n
        ) one
        JOIN eras ON eras.era = one.era
        JOIN places unit ON unit.era = eras.era AND unit.place = pg_temp.dice(n, 35, eras.places)
        JOIN topics topic ON topic.number = pg_temp.dice(n, 31, 6)
        CROSS JOIN halls hall
    """,
    "opinions": """
        INSERT INTO dialogues_opinion (
            dialogue_id, "order", field, matter, text, author_name, unit_in_charge_id, due_on, status, answer,
            answered_on, answer_document, reason, reopened, reopen_asked, is_sensitive, is_public, public_text, public_answer, typed_by_id,
            created_at, updated_at, version, search
        )
        SELECT dialogue.id, turn, 'land', topic.words, answer.words,
            '', unit_id, held_on + 30, status, CASE status WHEN 'received' THEN '' WHEN 'in_progress' THEN '' ELSE 'Đã trả lời' END,
            CASE status WHEN 'received' THEN NULL WHEN 'in_progress' THEN NULL ELSE held_on + 20 END, '', '', 0, false, false,
            true, answer.words, '', typed_by_id, held_on, held_on, 1, topic.vector || answer.vector
        FROM dialogues_dialogue dialogue CROSS JOIN generate_series(1, 7) turn
        CROSS JOIN LATERAL (SELECT (ARRAY['answered_on_spot', 'answered_on_spot', 'resolved', 'resolved', 'in_progress',
            'outside_competence', 'received'])[1 + pg_temp.dice(dialogue.id * 10 + turn, 43, 7)] AS status) one
        JOIN topics topic ON topic.number = pg_temp.dice(dialogue.id * 10 + turn, 41, 6)
        JOIN answers answer ON answer.number = pg_temp.dice(dialogue.id, 42, 6)
        WHERE NOT summary_only
    """,
    "decisions": """
        INSERT INTO awards_decision (
            id, unit_id, tier, title, number, signed_on, signer, signer_post, state, amendment_kind, reason,
            drafted_by_id, drafted_at, issued_by_id, issued_at, version
        )
        SELECT n, city.id, 'city', 'Khen thưởng phong trào "Dân vận khéo"', n || '/QĐ-UBND',
            make_date(%(first)s + (n %% 16)::int, 12, 20), 'Nguyễn Văn Mẫu', 'Chủ tịch', 'issued', '', '', 1,
            make_date(%(first)s + (n %% 16)::int, 12, 1), 1, make_date(%(first)s + (n %% 16)::int, 12, 20), 1
        FROM generate_series(0, %(scale)s / 400) n JOIN units_unit city ON city.kind = 'city'
    """,
    "awards": """
        INSERT INTO awards_award (
            decision_id, form_id, recipient_kind, recipient_name, unit_id, achievement, registration_id, state, year,
            certificate_number, verify_code
        )
        SELECT decision.id, form.id, CASE WHEN subject = 'individual' THEN 'individual'
                WHEN registration.id %% 9 = 0 THEN 'household' ELSE 'collective' END,
            registrant || ' ' || registration.id, registration.unit_id, registration.title, registration.id, 'valid', registration.year,
            registration.id, 'BENCH' || registration.id
        FROM models_registry_registration registration
        JOIN awards_decision decision
            ON decision.id = registration.id / 16 %% greatest(%(scale)s / 6400, 1) * 16 + registration.id %% 16
        CROSS JOIN LATERAL (SELECT id FROM awards_awardform WHERE tier = 'city' ORDER BY id LIMIT 1) form
        WHERE registration.state = 'recognised' AND registration.id / 16 %% 12 = 0
    """,
}
