"""How An writes material for communicators, and Bình approves it."""

import io
import zipfile

from domain.model.access import Person
from domain.model.bulletin import Field
from domain.model.material import MaterialKind, MaterialRevision
from domain.ports import Cause
from domain.usecases.material_screen import MaterialScreen
from domain.usecases.read_material import MaterialShelf, MaterialView
from domain.usecases.review_material import MaterialReview
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.communicators import DUNG
from tests.integration.usecases.office import Office, actor, press, private

TITLE = "Đường sá mùa nước nổi"
TEXT = "Bà con tránh đi qua đoạn đường ngập quá bánh xe."
SOURCE = "Công điện số 12/CĐ-UBND ngày 01/11/2026"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
PAIRS = "Hỏi: Đường ngập thì đi lối nào?\nĐáp: Đi theo biển báo.\nHỏi: Gọi ai?\nĐáp: Gọi 114."


def office_file(inside: str = "ppt/presentation.xml", **more: bytes) -> bytes:
    """A file of an office program, as far as anybody looks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", more.pop("types", b"<Types/>"))
        parts.writestr(inside, b"<p/>")
        for name, content in more.items():
            parts.writestr(name.replace("__", "/").replace("_bin", ".bin"), content)
    return file.getvalue()


async def begin(office: Office, kind: MaterialKind = MaterialKind.TOPIC) -> MaterialScreen:
    return await office.write_material.start(actor(AN), kind, office.cause())


async def say(office: Office, screen: MaterialScreen, name: str, typed: str) -> MaterialScreen:
    about = (screen.draft.material_id, name, typed)
    return await office.write_material.type(actor(AN), *about, office.cause())


async def pick_choice(
    office: Office, screen: MaterialScreen, name: str, choice: str
) -> MaterialScreen:
    """Ask for a part, and answer by its button."""
    edit = press(screen.buttons, "material:edit", name) if not screen.asked else screen.buttons[0]
    asked = await office.write_material.ask(actor(AN), edit, name, office.cause())
    button = press(asked.buttons, f"material:{name}", choice)
    return await office.write_material.choose(actor(AN), button, office.cause())


async def attach(office: Office, screen: MaterialScreen, content: bytes = PDF) -> MaterialScreen:
    office.gateway.files["p"] = content
    about = (screen.draft.material_id, "p", "Huong dan.pdf")
    return await office.attach_handout.add_file(actor(AN), *about, office.cause())


async def written(
    office: Office,
    kind: MaterialKind = MaterialKind.TOPIC,
    title: str = TITLE,
    audience: str = "",
    last_day: str = "",
) -> MaterialScreen:
    """A draft in which nothing is missing."""
    screen = await say(office, await begin(office, kind), "title", title)
    match kind:
        case MaterialKind.TOPIC:
            screen = await say(office, screen, "text", TEXT)
            screen = await say(office, screen, "minutes", "10 phút")
        case MaterialKind.QUESTIONS:
            screen = await say(office, screen, "pairs", PAIRS)
        case MaterialKind.HANDOUT:
            screen = await attach(office, screen)
    screen = await pick_choice(office, screen, "field", Field.DISASTERS)
    screen = await say(office, screen, "source", SOURCE)
    if last_day:
        screen = await say(office, screen, "valid_until", last_day)
    return await pick_choice(office, screen, "audience", audience) if audience else screen


async def submit(
    office: Office, screen: MaterialScreen, cause: Cause | None = None
) -> tuple[str, ...]:
    button = press(screen.buttons, "material:submit")
    return await office.review_material.submit(actor(AN), button, cause or office.cause())


async def review(office: Office) -> MaterialReview:
    """What Bình is shown of the newest that waits."""
    await office.send_all()
    button = await office.button(private(BINH), "material:review")
    return await office.review_material.open(actor(BINH), button, office.cause())


async def approve_material(
    office: Office,
    kind: MaterialKind = MaterialKind.TOPIC,
    title: str = TITLE,
    audience: str = "",
    last_day: str = "",
) -> MaterialRevision:
    await submit(office, await written(office, kind, title, audience, last_day))
    reviewed = await review(office)
    button = press(reviewed.buttons, "material:approve")
    return await office.review_material.approve(actor(BINH), button, office.cause())


async def found_by(
    office: Office, query: str = "", person: Person = DUNG, page: int = 0
) -> MaterialShelf:
    names = {Field.DISASTERS: "Thiên tai, dịch bệnh"}
    find = office.read_material.list_material
    return await find(
        actor(person), query, lambda field: names.get(field, ""), office.cause(), page
    )


async def opened(office: Office, query: str = "") -> MaterialView:
    """The first on Dung's shelf."""
    shelf = await found_by(office, query)
    button = press(shelf.buttons, "material:open")
    return await office.read_material.open(actor(DUNG), button, office.cause())
