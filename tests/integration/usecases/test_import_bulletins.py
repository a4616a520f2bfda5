"""Bulletins from files become their author's drafts, all or none; what was written on stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, Refusal
from domain.model.access import OPERATOR
from domain.model.attached import sha256_of
from domain.model.bulletin import BulletinClass, BulletinState, Field
from domain.model.fetched import picture_of
from domain.model.imported_bulletin import Fate, FiledBulletin, FiledFile, FiledPoll, Intake
from domain.model.marks import Mark, MarkKind
from domain.model.poll import PollKind, PollWords
from domain.model.reach import Reach
from domain.model.recurrence import Cadence
from domain.model.version import Version
from domain.ports import Memory
from domain.usecases.import_bulletins import ImportBulletins
from tests.integration.storage.cast import AN, BINH, GROUP, QUARTER, WARD
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.pictures import ROADS, approve_it

MANY_MARKS = tuple(Mark(MarkKind.BOLD, 2 * n, 2 * n + 1) for n in range(100))
VI = Version("vi", "Triều cường", "Kê đồ lên cao.", (Mark(MarkKind.BOLD, 0, 2),))
KM = Version("km", "ទឹកជោរ", "លើករបស់ឲ្យខ្ពស់។")
TIDE = FiledBulletin(
    "trieu-cuong", (VI, KM), Field.DISASTERS, BulletinClass.PRIORITY, "Công văn 12/UBND"
)
ASKED = FiledPoll({"vi": PollWords("Kê đồ chưa?", ("Rồi", "Chưa"))}, closes="3 ngày")
SEEN = {sha256_of(content): content for content in ROADS}
MAP, BRIDGE, WAY = (
    FiledFile(replace(picture_of(content).one, alt=alt), f"source of {alt}")
    for content, alt in zip(ROADS, ("Bản đồ", "Cầu", "Đường vòng"), strict=True)
)
ALBUM = replace(TIDE, files=(MAP, BRIDGE, WAY))
WATER = replace(TIDE, name="nuoc-sach", field=Field.POWER_AND_WATER)


def use(office: Office, memory: Memory | None = None) -> ImportBulletins:
    return ImportBulletins(
        memory or office.memory,
        office.clock,
        office.ids,
        office.letterhead,
        office.gateway.capabilities,
    )


async def take_over(office: Office, *filed: FiledBulletin) -> Intake:
    return await use(office).import_bulletins(OPERATOR, WARD.code, "An", filed, SEEN)


async def import_a_bulletin(office: Office) -> None:
    await take_over(office, TIDE)


def fates(intake: Intake) -> list[Fate]:
    return [one.fate for one in intake.taken]


def faults(intake: Intake) -> list[tuple[str, str, str]]:
    return [(one.name, one.field, one.why.key) for one in intake.flaws]


async def titles(office: Office) -> list[str]:
    async with office.memory.begin() as work:
        return [draft.title for draft in await work.bulletins.unfinished(AN.id, 9)]


async def test_a_file_becomes_its_authors_draft(office: Office) -> None:
    (taken,) = (await take_over(office, TIDE)).taken
    preview = await office.compose.preview_bulletin(actor(AN), taken.draft.bulletin_id)
    assert preview.draft.versions == (VI, KM)
    assert preview.draft.issuing_body == WARD.issuing_body
    assert preview.missing == ()


async def test_nothing_is_handed_over_or_approved(office: Office) -> None:
    (taken,) = (await take_over(office, TIDE)).taken
    async with office.memory.begin() as work:
        bulletin = await work.bulletins.get(taken.draft.bulletin_id)
    assert (bulletin.state, bulletin.revision) == (BulletinState.DRAFT, 0)


async def test_a_look_does_nothing(office: Office) -> None:
    looked = await use(office).look(OPERATOR, WARD.code, "An", [TIDE])
    assert (fates(looked), await titles(office)) == ([Fate.NEW], [])


async def test_the_same_file_again_changes_nothing(office: Office) -> None:
    await take_over(office, TIDE)
    again = await take_over(office, TIDE)
    assert (fates(again), again.changes_nothing) == ([Fate.SAME], True)
    assert await titles(office) == [VI.title]


async def test_a_changed_file_changes_the_same_draft(office: Office) -> None:
    (first,) = (await take_over(office, TIDE)).taken
    newer = replace(TIDE, versions=(replace(VI, title="Triều rằm"),))
    (again,) = (await take_over(office, newer)).taken
    assert (again.fate, again.draft.bulletin_id) == (Fate.CHANGED, first.draft.bulletin_id)
    assert await titles(office) == ["Triều rằm"]
    assert fates(await take_over(office, newer)) == [Fate.SAME]


async def test_what_was_written_on_in_the_chat_stands(office: Office) -> None:
    (first,) = (await take_over(office, TIDE)).taken
    change = office.compose.change_draft
    await change(actor(AN), first.draft.bulletin_id, office.cause(), title="Của An")
    newer = replace(TIDE, source="Công văn 13/UBND")
    assert fates(await take_over(office, newer)) == [Fate.WRITTEN_ON]
    assert await titles(office) == ["Của An"]


async def test_what_waits_for_approval_stands(office: Office) -> None:
    (first,) = (await take_over(office, TIDE)).taken
    await office.submit.submit_bulletin(actor(AN), first.draft.bulletin_id, office.cause())
    assert fates(await take_over(office, replace(TIDE, source="Số 13"))) == [Fate.HANDED_IN]


async def test_what_was_thrown_away_comes_back_when_its_file_changes(office: Office) -> None:
    (first,) = (await take_over(office, TIDE)).taken
    discard = office.compose.discard_bulletin
    await discard(actor(AN), first.draft.bulletin_id, office.cause())
    assert fates(await take_over(office, TIDE)) == [Fate.SAME]
    assert fates(await take_over(office, replace(TIDE, source="Số 13"))) == [Fate.NEW]


@pytest.mark.parametrize(
    ("changed", "field", "key"),
    [
        ({"send_at": "hôm kia"}, "send_at", "moment.not_understood"),
        ({"send_at": "31/02 7h"}, "send_at", "moment.no_such_day"),
        ({"send_at": "mỗi tháng vào rằm"}, "send_at", "recurrence.lunar"),
        ({"audience": "Khu vực 99"}, "audience", "cli.bulletins_no_audience"),
        ({"tags": "một, " + "x" * 99}, "tags", "groups.bad_tag"),
        ({"source": "x" * 501}, "source", "compose.source_too_long"),
        ({"issuing_body": "x" * 121}, "issuing_body", "compose.body_too_long"),
        ({"talking_points": "x" * 801}, "talking_points", "compose.points_too_long"),
        ({"versions": (replace(VI, text="x" * 4096),)}, "text", "compose.too_long_vi"),
        (
            {"versions": (replace(VI, text="x " * 200, marks=MANY_MARKS),)},
            "text",
            "compose.too_formatted_vi",
        ),
        (
            {"versions": (replace(VI, text="x" * 900),), "files": (MAP,)},
            "text",
            "compose.too_long_vi",
        ),
    ],
)
async def test_with_one_flaw_nothing_is_taken_over(
    office: Office, changed: dict[str, object], field: str, key: str
) -> None:
    wrong = replace(TIDE, **changed)  # type: ignore[arg-type]  # one field of many
    intake = await take_over(office, WATER, wrong)
    assert (faults(intake), await titles(office)) == ([(TIDE.name, field, key)], [])


def asking(question: str = "Kê đồ chưa?", option: str = "Rồi", closes: str = "") -> FiledPoll:
    return FiledPoll({"vi": PollWords(question, (option, "Chưa"))}, closes=closes)


@pytest.mark.parametrize(
    ("poll", "field", "key"),
    [
        (asking(question="x" * 301), "question", "poll.question_too_long"),
        (asking(option="x" * 101), "options", "poll.option_too_long"),
        (asking(option="CHƯA"), "options", "poll.equal_options"),
        (asking(closes="2 phút"), "closes", "poll.too_short"),
        (asking(closes="9 tuần"), "closes", "poll.too_long"),
        (replace(ASKED, kind=PollKind.QUIZ), "correct", "poll.no_correct"),
        (FiledPoll({"km": PollWords("?", ("a", "b"))}), "poll", "poll.no_vietnamese"),
    ],
)
async def test_a_poll_follows_the_rules_of_polls(
    office: Office, poll: FiledPoll, field: str, key: str
) -> None:
    intake = await take_over(office, WATER, replace(TIDE, poll=poll))
    assert (faults(intake), await titles(office)) == ([(TIDE.name, field, key)], [])


async def test_a_poll_closes_after_its_bulletin_is_sent(office: Office) -> None:
    late = f"{office.clock.now() + timedelta(days=5):%d/%m/%Y} 07:00"
    wrong = replace(TIDE, send_at=late, poll=asking(closes="mai 7h"))
    intake = await take_over(office, wrong)
    assert faults(intake) == [(TIDE.name, "closes", "poll.closes_before_opening")]


async def test_a_changed_poll_changes_the_draft(office: Office) -> None:
    await take_over(office, replace(TIDE, poll=ASKED))
    assert fates(await take_over(office, replace(TIDE, poll=ASKED))) == [Fate.SAME]
    (again,) = (await take_over(office, replace(TIDE, poll=asking(option="Xong")))).taken
    assert again.draft.poll is not None
    assert (again.fate, again.draft.poll.options) == (Fate.CHANGED, ("Xong", "Chưa"))


async def test_all_flaws_come_at_once(office: Office) -> None:
    wrong = replace(WATER, send_at="hôm kia", audience="Khu vực 99")
    intake = await take_over(office, replace(TIDE, source="x" * 501), wrong)
    assert [(name, field) for name, field, _ in faults(intake)] == [
        (TIDE.name, "source"),
        (WATER.name, "audience"),
        (WATER.name, "send_at"),
    ]


async def test_a_text_that_is_too_long_is_named_in_its_language(office: Office) -> None:
    intake = await take_over(office, replace(TIDE, versions=(VI, replace(KM, text="ក" * 4096))))
    assert [(one.field, one.language) for one in intake.flaws] == [("text", "km")]


async def test_files_come_into_the_draft_with_what_they_show(office: Office) -> None:
    (taken,) = (await take_over(office, ALBUM)).taken
    async with office.memory.begin() as work:
        attached = (await work.bulletins.draft(taken.draft.bulletin_id)).attachments
        kept = [await work.bulletin_media.read(one.sha256) for one in attached]
    assert (attached, kept) == (ALBUM.attachments, ROADS)


async def test_files_of_a_file_go_out_as_an_album(office: Office) -> None:
    (taken,) = (await take_over(office, ALBUM)).taken
    await office.submit.submit_bulletin(actor(AN), taken.draft.bulletin_id, office.cause())
    await approve_it(office)
    await office.go_round()
    (sent,) = office.gateway.to(GROUP.address.chat)
    assert [one.content for one in sent.album] == ROADS


@pytest.mark.parametrize(
    "files",
    [
        (MAP, BRIDGE),
        (BRIDGE, MAP, WAY),
        (MAP, BRIDGE, replace(WAY, attached=replace(WAY.attached, alt="Lối khác"))),
        (MAP, BRIDGE, replace(WAY, source="other bytes")),
    ],
    ids=["fewer", "another order", "another description", "other bytes"],
)
async def test_other_files_are_another_bulletin(
    office: Office, files: tuple[FiledFile, ...]
) -> None:
    await take_over(office, ALBUM)
    (again,) = (await take_over(office, replace(TIDE, files=files))).taken
    assert (again.fate, again.draft.attachments) == (
        Fate.CHANGED,
        tuple(one.attached for one in files),
    )


async def test_pictures_made_clean_in_another_way_change_nothing(office: Office) -> None:
    await take_over(office, ALBUM)
    anew = replace(MAP, attached=replace(MAP.attached, sha256=WAY.attached.sha256))
    again = await take_over(office, replace(TIDE, files=(anew, BRIDGE, WAY)))
    assert fates(again) == [Fate.SAME]


async def test_with_one_flaw_no_file_is_kept(office: Office) -> None:
    await take_over(office, ALBUM, replace(WATER, send_at="hôm kia"))
    assert office.sql("SELECT 1 FROM bulletin_media") == []


def test_a_bulletin_without_files_keeps_the_hash_it_had() -> None:
    assert TIDE.hash.startswith("f3782b514e54b32c")


async def test_time_and_place_are_meant_as_typed(office: Office) -> None:
    typed = replace(
        TIDE, send_at="mỗi thứ hai 7h", audience=QUARTER.name.upper(), tags="Ven sông, chợ"
    )
    (taken,) = (await take_over(office, typed)).taken
    assert taken.audience.id == QUARTER.id
    assert taken.draft.reach == Reach(tags=("ven sông", "chợ"))
    assert taken.draft.recurrence is not None
    assert taken.draft.recurrence.cadence is Cadence.WEEKLY


async def test_only_an_author_of_the_unit_gets_drafts(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await use(office).import_bulletins(OPERATOR, WARD.code, "Bình", [TIDE], SEEN)
    assert refused.value.key == "cli.bulletins_not_an_author"


async def test_only_an_operator_imports(office: Office) -> None:
    for person in (AN, BINH):
        with pytest.raises(Forbidden):
            await use(office).import_bulletins(actor(person), WARD.code, "An", [TIDE], SEEN)


@pytest.mark.parametrize(("after", "kept"), [(False, []), (True, [VI.title, VI.title])])
async def test_a_crash_leaves_all_or_nothing(
    office: Office, after: bool, kept: Sequence[str]
) -> None:
    crashing = use(office, CrashingMemory(office.memory, after))
    with pytest.raises(Crash):
        await crashing.import_bulletins(OPERATOR, WARD.code, "An", [ALBUM, WATER], SEEN)
    assert await titles(office) == kept
    assert len(office.sql("SELECT 1 FROM bulletin_media")) == (len(ROADS) if after else 0)
