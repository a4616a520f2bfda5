"""Polls: asking and stopping."""

from typing import Any

from channels.telegram.sandbox.clock import now, random_name, random_number
from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.html import utf16
from channels.telegram.sandbox.keyboards import checked_markup
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.messages import own_message
from channels.telegram.sandbox.methods.sending import send
from channels.telegram.sandbox.text import formatted

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS = 12
LONGEST_EXPLANATION = 200
LONGEST_DESCRIPTION = 1024
SHORTEST_OPEN, LONGEST_OPEN = 5, 2_628_000
KINDS = ("regular", "quiz")


def send_poll(call: Call) -> Json:
    params = call.params
    ends = _end(call)
    question, entities = _words(call, "question", LONGEST_QUESTION)
    kind = params.text("type") or "regular"
    if kind not in KINDS:
        raise bad_request("unsupported poll type specified")
    options = [_option(wish) for wish in _wishes(call)]
    poll: Json = {
        "id": str(random_number(19)),
        "question": question,
        **({"question_entities": entities} if entities else {}),
        "options": options,
        "total_voter_count": 0,
        "is_closed": params.flag("is_closed"),
        "is_anonymous": _given(call, "is_anonymous", usual=True),
        "type": kind,
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": _given(call, "allows_revoting", usual=kind == "regular"),
        "members_only": params.flag("members_only"),
        **ends,
    }
    if kind == "quiz":
        poll |= _solution(call, len(options))
    description, entities = _words(call, "description", LONGEST_DESCRIPTION)
    if description:
        poll |= {"description": description, "description_entities": entities}
    sent = send(call, {"poll": poll}, question)
    call.sandbox.polls.asked(call.bot, poll, hides=params.flag("hide_results_until_closes"))
    return sent


def stop_poll(call: Call) -> Json:
    dialog, message = own_message(call)
    if "poll" not in message:
        raise bad_request("message with poll to stop not found")
    if message["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    markup = checked_markup(call.params.json("reply_markup"))
    message = message | {"reply_markup": markup}
    return call.sandbox.polls.stop(dialog, call.bot, message)


def _end(call: Call) -> Json:
    """When it closes by itself, if it does."""
    period, date = call.params.integer("open_period"), call.params.integer("close_date")
    if not period and not date:
        return {}
    ahead = period or date - now()
    if not SHORTEST_OPEN <= ahead <= LONGEST_OPEN:
        raise bad_request("wrong poll close date specified")
    return {"close_date": date or int(now() + period)} | ({"open_period": period} if period else {})


def _words(call: Call, name: str, longest: int) -> tuple[str, list[Json]]:
    text, entities = formatted(
        call.params.text(name),
        call.params.text(f"{name}_parse_mode"),
        call.params.json(f"{name}_entities"),
    )
    if name == "question" and not text:
        raise bad_request("poll question must be non-empty")
    if utf16(text) > longest:
        raise bad_request(f"poll {name} length must not exceed {longest}")
    return text, entities


def _wishes(call: Call) -> list[Any]:
    wishes = call.params.json("options")
    if not isinstance(wishes, list):
        raise bad_request("expected an Array of String as options")
    if not wishes:
        raise bad_request("poll must have at least 1 option")
    if len(wishes) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    return wishes


def _option(wish: Any) -> Json:
    text = str(wish.get("text", "") if isinstance(wish, dict) else wish).strip()
    if not text:
        raise bad_request("poll options must be non-empty")
    if utf16(text) > LONGEST_OPTION:
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return {"persistent_id": random_name()[:8], "text": text, "voter_count": 0}


def _solution(call: Call, count: int) -> Json:
    single = call.params.integer("correct_option_id", -1)
    wanted = call.params.json("correct_option_ids") or [single]
    if any(index not in range(count) for index in wanted):
        raise bad_request("wrong correct option ID specified")
    found: Json = {"correct_option_ids": wanted}
    explanation, entities = _words(call, "explanation", LONGEST_EXPLANATION)
    if explanation:
        found |= {"explanation": explanation, "explanation_entities": entities}
    return found


def _given(call: Call, name: str, *, usual: bool) -> bool:
    return call.params.flag(name) if name in call.params.values else usual
