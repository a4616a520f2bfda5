"""Statements about two approvals and the rules for them that the databases must refuse."""

from collections.abc import Callable

AT = "2026-11-20 02:00:00.000000"
Written = Callable[..., str]


def refused_reviews(
    insert: Written, revision: Written, approval: Written
) -> dict[str, tuple[str, str]]:
    """With the words in which the others are written, so that nothing is written twice."""

    def first(
        approver: str,
        author: str = "an",
        text_hash: str = "h9",
        of: str = "r9",
        deputy_of: str | None = None,
    ) -> str:
        return insert("first_approval", "f9", of, text_hash, author, approver, AT, deputy_of)

    needs_two = revision("r9", "9", hash="'h9'", recurrence="'{}'", approvals_needed="2")
    rule = insert("review_rule", "nk", "uu_tien", 1, 2, "hanh", AT)

    def after(*statements: str) -> str:
        return ";".join((needs_two, *statements))

    planned = insert(
        "broadcast", "bc9", "b1", "r9", "h9", "f9", AT, AT, "planned", False, "", None, False
    )
    note = insert("review_note", "r1", 1, "binh", "", "Ghi rõ ngày.", AT)
    stand_in = (
        "INSERT INTO role_grant (person_id, role, unit_id, valid_from, valid_until, decision,"
        " deputy_of) VALUES ({}, 'approver', 'ct', '2026-11-20', {}, '', 'binh')"
    )
    return {
        "a deputy without an end": (
            stand_in.format("'an'", "NULL"),
            "a deputy stands in for another and for a time",
        ),
        "somebody's own deputy": (
            stand_in.format("'binh'", "'2026-11-27'"),
            "a deputy stands in for another and for a time",
        ),
        "a deputy for ever after": (
            stand_in.format("'an'", "'2026-11-27'") + ";UPDATE role_grant SET valid_until = NULL",
            "a deputy stays one for a time",
        ),
        "an author notes on their own": (note.replace("binh", "an"), "nobody reviews their own"),
        "a note without words": (note.replace("Ghi rõ ngày.", ""), "CHECK"),
        "a note is rewritten": (
            note + ";UPDATE review_note SET text = 'Hay.'",
            "a review note never changes",
        ),
        "a note is removed": (note + ";DELETE FROM review_note", "a review note is never removed"),
        "a reminder is given twice": (
            ";".join([insert("review_reminder", "r1", "soon", AT)] * 2),
            "UNIQUE",
        ),
        "a revision needs three approvals": (
            revision("r9", "9", approvals_needed="3"),
            "approvals_needed",
        ),
        "a revision needs no approval": (
            revision("r9", "9", approvals_needed="0"),
            "approvals_needed",
        ),
        "one person approves what needs two": (
            after(approval("r9", "h9", "an", "binh")),
            "two different people approve what needs two",
        ),
        "one person approves twice": (
            after(first("binh"), approval("r9", "h9", "an", "binh")),
            "two different people approve what needs two",
        ),
        "a deputy agrees, and then whoever it was for": (
            after(
                first("chi", deputy_of="binh"),
                approval("r9", "h9", "an", "binh"),
            ),
            "whoever a deputy agreed for does not agree again",
        ),
        "a deputy agrees in the place of its author": (
            after(first("chi", deputy_of="an")),
            "deputy_of_another",
        ),
        "the author is the first of two": (after(first("an")), "second_person"),
        "the author is the second of two": (
            after(first("binh"), approval("r9", "h9", "an", "an")),
            "second_person",
        ),
        "the author is the first of two under another's name": (
            after(first("an", author="chi")),
            "FOREIGN KEY",
        ),
        "the first of two approves another text": (
            after(first("binh", text_hash="h8")),
            "FOREIGN KEY",
        ),
        "a third person agrees first": (after(first("binh"), first("chi")), "UNIQUE"),
        "a broadcast by one approval of two": (after(first("binh"), planned), "FOREIGN KEY"),
        "what needs one approval is approved in part": (
            first("chi", of="r2"),
            "only what needs two is approved in part",
        ),
        "a group is added after the first of two has agreed": (
            after(first("binh"), insert("revision_chat", "r9", "g3")),
            "a group is added only before approval",
        ),
        "a file is added after the first of two has agreed": (
            after(first("binh"), insert("revision_media", "r9", 0, "f" * 64)),
            "no file is added to what was approved",
        ),
        "a first approval is given to another": (
            after(first("binh"), "UPDATE first_approval SET approver_id = 'chi'"),
            "a first approval never changes",
        ),
        "a first approval is withdrawn": (
            after(first("binh"), "DELETE FROM first_approval"),
            "a first approval is never removed",
        ),
        "a rule for approving is rewritten": (
            rule + ";UPDATE review_rule SET value = 1",
            "a review rule never changes",
        ),
        "a rule for approving is removed": (
            rule + ";DELETE FROM review_rule",
            "a review rule is never removed",
        ),
        "a letter that went through more hands than two": (
            rule.replace("'uu_tien', 1, 2", "'thu_tra_loi', 1, 3"),
            "CHECK",
        ),
        "a note on a case is rewritten": (
            insert("case_note", "n9", "o1", "giang", "Đã gọi.", AT)
            + ";UPDATE case_note SET text = 'Hay.'",
            "a note on a case never changes",
        ),
        "two labels of a unit that are called the same": (
            insert("label", "l1", "nk", "Đèn", "đèn", "hanh", AT)
            + ";"
            + insert("label", "l2", "nk", "ĐÈN", "đèn", "hanh", AT),
            "UNIQUE",
        ),
        "a label that says too much": (
            insert("label", "l1", "nk", "x" * 25, "x", "hanh", AT),
            "CHECK",
        ),
        "a letter that its author approved": (
            insert("answer", "a9", "o1", "giang", "UBND", "Xong.", AT, "answer", False, "giang"),
            "nobody approves their own letter",
        ),
        "who approved a letter is rewritten": (
            insert("answer", "a9", "o1", "giang", "UBND", "Xong.", AT, "answer", False, "hanh")
            + ";UPDATE answer SET approver_id = 'binh'",
            "who approved a letter is said for good",
        ),
        "a rule asks for three approvals": (rule.replace(" 2,", " 3,"), "CHECK"),
    }


EMPTIED_REVIEWS = {
    "all notes are emptied": (
        "TRUNCATE review_note CASCADE",
        "a review note is never removed",
    ),
    "all rules for approving are emptied": (
        "TRUNCATE review_rule CASCADE",
        "a review rule is never removed",
    ),
    "all first approvals are emptied": (
        "TRUNCATE first_approval CASCADE",
        "a first approval is never removed",
    ),
}
