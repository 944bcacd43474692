"""断り. What the offices refuse, each with its code and sentence: departments (E413–E417), people (E44x)."""

from __future__ import annotations

from sosei.core.errors import Refused, Stale


class LastAdmin(Refused):
    """Nobody would be left who can arrange people."""

    code = "E440"
    ja = "システム管理者がいなくなります。先に、ほかの人をシステム管理者にしてください。"
    en = "No administrator would be left. First make somebody else an administrator."


class OwnAdmin(Refused):
    """An administrator who takes his own last role of that kind away."""

    code = "E441"
    ja = "自分のシステム管理者の役割は外せません。ほかのシステム管理者に頼んでください。"
    en = "You cannot take away your own administrator's role. Ask another administrator."


class LoginTaken(Refused):
    """A login name in use; login names are never given twice."""

    code = "E442"
    ja = "利用者ID「{login}」はすでに使われています。別のIDにしてください。"
    en = "The login name “{login}” is in use. Choose another."


class WrongDays(Refused):
    """Days that do not fit together."""

    code = "E443"
    ja = "「{what}」の日付（{first}から{last}まで）が前後しています。日付を確かめてください。"
    en = "The days of “{what}” ({first} to {last}) are out of order. Check them."


class AssignedAlready(Refused):
    """The same role, in the same department, over the same days."""

    code = "E444"
    ja = "「{name}」さんは、その期間すでに{role}です。いまの配属を終えてから登録してください。"
    en = "{name} is already {role} over these days. End that assignment first."


class RoleNeedsDepartment(Refused):
    """A role that is held in a department."""

    code = "E445"
    ja = "{role}の配属には課が要ります。課を選んでください。"
    en = "The role {role} is held in a department. Choose one."


class StillKept(Refused):
    """A person whose time of keeping has not ended."""

    code = "E446"
    ja = "「{name}」さんの氏名は{until}まで保存します。その日を過ぎてから消してください。"
    en = "The name of {name} is kept until {until}. Erase it after that day."


class NoSuchPerson(Refused):
    """No account of this body."""

    code = "E447"
    ja = "その利用者は登録されていません。利用者の一覧から選び直してください。"
    en = "There is no such person. Choose again from the list of people."


class NotInService(Refused):
    """Somebody who is not there on the day."""

    code = "E448"
    ja = "「{name}」さんは{day}には在籍していません。利用開始日と利用終了日を確かめてください。"
    en = "{name} is not in service on {day}. Check the first and last day."


class NoSuchRole(Refused):
    """No role of that code."""

    code = "E449"
    ja = "「{role}」という役割はありません。一覧から選び直してください。"
    en = "There is no role “{role}”. Choose one from the list."


class NoSuchDepartment(Refused):
    """No department of this body."""

    code = "E413"
    ja = "その課は登録されていません。組織の一覧から選び直してください。"
    en = "There is no such department. Choose again from the list."


class CodeTaken(Refused):
    """A code that stands for another department at the time."""

    code = "E414"
    ja = "課コード「{code}」は「{name}」が{first}から使っています。別のコードにしてください。"
    en = "The code “{code}” belongs to {name} since {first}. Choose another."


class NotStanding(Refused):
    """A department that is not there on the day."""

    code = "E415"
    ja = "「{name}」は{day}にはありません。設置日と廃止日を確かめてください。"
    en = "{name} does not exist on {day}. Check its first and last day."


class SucceededAlready(Refused):
    """A department whose work was already passed on."""

    code = "E416"
    ja = "「{old}」はすでに「{new}」に引き継がれています。組織の画面で承継を確かめてください。"
    en = "{old} was already succeeded by {new}. See the page of departments."


class NothingNamed(Refused):
    """A succession that names no old or no new department."""

    code = "E417"
    ja = "引き継ぐ課と引き継がれる課を、それぞれ一つ以上選んでください。"
    en = "Choose at least one old and one new department."


class OfficeExists(Refused):
    """A second founding of the same body's book."""

    code = "E459"
    ja = "「{name}」の台帳はすでに開かれています。管理者に利用者の登録を頼んでください。"
    en = "The book of “{name}” is already open. Ask its administrator for an account."


class BadRoster(Refused):
    """A row of a pasted roster that is not understood."""

    code = "E418"
    ja = "{line}行目を読み取れません（{why}）。名簿を直して、もう一度確かめてください。"
    en = "Line {line} is not understood ({why}). Mend the roster and look again."


class RosterUnseen(Stale):
    """A roster, or what it names, is another than the one that was looked at before it is registered."""

    code = "E473"
    ja = "名簿が、画面で確かめた内容と違います（名簿を書き換えたか、その間に利用者や課が変わりました）。いまの内容をもう一度確かめてから、登録してください。"
    en = "The roster is not what you looked at: it was edited, or people or departments changed meanwhile. Look at it again, then register it."


class Forgotten(Refused):
    """A person whose name was erased: what is written of him again could be tried against the proofs, which have no salt any more."""

    code = "E474"
    ja = "氏名を消した人の記載は変えられません。もう一度働く人は、新しい利用者として登録してください。"
    en = "What is kept of a person whose name was erased does not change. Register who serves again as a new person."


class OwnRole(Refused):
    """A role that a person would give to himself: two people stand behind every role."""

    code = "E472"
    ja = "自分に役割や代理を割り当てることはできません。ほかの管理者か所属長に頼んでください。"
    en = "You cannot give a role or a deputyship to yourself. Ask another administrator or head."
