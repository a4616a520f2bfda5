"""Sessions in every state, for the tests of storage."""

from dataclasses import replace
from datetime import date, timedelta

from domain.model.access import Actor, Role
from domain.model.attachment import AttachmentKind
from domain.model.bulletin import Field
from domain.model.commendation import Commendation
from domain.model.conference import EVERYBODY, Conference, ConferenceKind
from domain.model.form import FIRST_FORM
from domain.model.guest import Invitee
from domain.model.handout import Media, handout_of
from domain.model.material import (
    Material,
    MaterialBody,
    MaterialDraft,
    MaterialKind,
    MaterialRevision,
    MaterialState,
)
from domain.model.monthly_plan import MonthlyPlan
from domain.model.session import OutreachSession, RaisedQuestion, Value
from domain.model.session_media import SessionMedia
from domain.ports import Work
from tests.integration.storage.cast import BULLETIN, HANH, NOW, OPINION, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG

ANSWERS: dict[str, Value] = {
    "start": NOW - timedelta(hours=14),
    "minutes": 90,
    "place": "Nhà văn hóa Khu vực 1",
    "topic": "Phòng chống sốt xuất huyết",
    "field": "y_te_bhyt",
    "mode": "truc_tiep",
    "form": "hop_dan",
    "people": 45,
}
TRAINING = Conference(
    "c2",
    WARD.id,
    HANH.id,
    NOW,
    kind=ConferenceKind.TRAINING,
    title="Chuyển đổi số",
    start_at=NOW + timedelta(days=6),
    minutes=120,
    place="Hội trường A",
    audience=EVERYBODY,
    note="",
)
DRAFT = OutreachSession("s1", QUARTER.id, DUNG.id, Role.COMMUNICATOR, 1, NOW)

PLAN = MonthlyPlan(WARD.id, 1, date(2026, 11, 1), 4, HANH.id, NOW)

PAPER = b"%PDF-1.7\n\x00"
LEAFLET = MaterialBody(
    MaterialKind.HANDOUT,
    QUARTER.id,
    title="Lịch tiêm chủng",
    field=Field.HEALTH,
    issuing_body=WARD.issuing_body,
    source="Kế hoạch 3/KH-UBND",
)

PRAISE = Commendation("c1", DUNG.id, QUARTER.id, HANH.id, "Nói dễ hiểu.", NOW)


async def log_in_every_state(work: Work) -> None:
    """A draft s1 with a question, s2 submitted with a filed one, s3 confirmed; a form, a plan.

    Each session has a photo and a voice note.
    """
    await work.people.add(DUNG)
    await work.monthly_plans.add(PLAN)
    await work.commendations.add(PRAISE)
    form = FIRST_FORM.with_own({"vi": "Loa có nghe rõ không?"}, ("Rõ", "Không rõ"))
    await work.forms.add(form, HANH.id, NOW)
    used: dict[str, Value] = {"bulletin": BULLETIN.id, "audience": ("phu_nu",)}
    for name, more in (("s1", {}), ("s2", used), ("s3", {})):
        await work.sessions.add(replace(DRAFT, id=name, answers=ANSWERS | more))
    await work.sessions.add_question(RaisedQuestion("q1", "s1", 1, "Khi nào phun thuốc?"))
    await work.sessions.add_question(RaisedQuestion("q2", "s2", 1, OPINION.text))
    await work.sessions.file_question("q2", OPINION.id, NOW)
    for number, name in enumerate(("s1", "s2", "s3"), 1):
        photo, voice = AttachmentKind.PHOTO, AttachmentKind.VOICE
        await work.media.add(SessionMedia(f"m{number}", name, photo, 1, b"\xff\xd8\x00", NOW))
        await work.media.add(SessionMedia(f"v{number}", name, voice, 1, b"OggS\x00", NOW))
    for name in ("s2", "s3"):
        was = await work.sessions.get(name)
        await work.sessions.save(was.submitted(FIRST_FORM, NOW), was)
    was = await work.sessions.get("s3")
    await work.sessions.save(was.confirmed(Actor(HANH.id, HANH.grants), NOW), was)
    await _call_to_one(work)
    await _submit_material(work)


async def _submit_material(work: Work) -> None:
    """A handout t1 that An has submitted, and nobody approved."""
    material = Material("t1", WARD.id, "an", MaterialState.DRAFT, 0)
    file = handout_of("f1", "Lịch tiêm.pdf", Media.PDF, PAPER)
    body = replace(LEAFLET, handout=file)
    await work.materials.add(material, MaterialDraft("t1", LEAFLET), NOW)
    await work.materials.add_file("t1", file, PAPER, NOW)
    await work.materials.save_draft(MaterialDraft("t1", body, 2))
    await work.materials.add_revision(MaterialRevision("tr1", "t1", WARD.id, 1, "an", body), NOW)
    submitted = replace(material, state=MaterialState.IN_REVIEW, revision=1)
    await work.materials.save(submitted, material)


async def _call_to_one(work: Work) -> None:
    """A draft c1; c2, to which Dung is called, with something sent of it."""
    for name in ("c1", "c2"):
        await work.conferences.add(replace(TRAINING, id=name))
    await work.conferences.save(replace(TRAINING, id="c2").called("secret", NOW), TRAINING)
    await work.conferences.invite("c2", [Invitee(DUNG.id, (), QUARTER.id)])
    await work.conferences.add_material("c2", 1, "Bài giảng", NOW)
