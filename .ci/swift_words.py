"""Reads Swift as words outside comments and texts, with the declarations and switches that they make up."""
import collections
import re

COMMENT_OR_TEXT = re.compile(r'//|/\*|(#*)("""|")|[()]')


def code_of(text):
    """The text with comments and the contents of string literals turned into blanks; interpolations stay."""
    shown = list(text)

    def blank(start, end):
        for i in range(start, min(end, len(text))):
            if shown[i] != "\n":
                shown[i] = " "

    def comment(i):
        depth, start = 0, i
        for mark in re.compile(r"/\*|\*/").finditer(text, i):
            depth += 1 if mark.group() == "/*" else -1
            if depth == 0:
                blank(start, mark.end())
                return mark.end()
        blank(start, len(text))
        return len(text)

    def literal(i, hashes, quote):
        start, i = i, i + len(hashes) + len(quote)
        escape = "\\" + hashes
        while i < len(text):
            if text.startswith(quote + hashes, i):
                i += len(quote + hashes)
                break
            if text.startswith(escape + "(", i):
                opening = i + len(escape)
                blank(start, opening)
                i = start = code(opening + 1, is_interpolation=True)
            elif text.startswith(escape, i):
                i += len(escape) + 1
            elif text[i] == "\n" and quote == '"':
                break
            else:
                i += 1
        blank(start, i)
        return i

    def code(i, is_interpolation):
        depth = 0
        while mark := COMMENT_OR_TEXT.search(text, i):
            i, word = mark.end(), mark.group()
            if word == "//":
                end = text.find("\n", i)
                end = len(text) if end < 0 else end
                blank(mark.start(), end)
                i = end
            elif word == "/*":
                i = comment(mark.start())
            elif mark.group(2):
                i = literal(mark.start(), mark.group(1), mark.group(2))
            else:
                depth += 1 if word == "(" else -1
                if is_interpolation and depth < 0:
                    return i
        return len(text)

    code(0, is_interpolation=False)
    return "".join(shown)


WORD = re.compile(r"`\w+`|[@#]?[A-Za-z_]\w*|\d[\w.]*|->|\n|[^\s\w]")
NAME = re.compile(r"`?[A-Za-z_]\w*`?$")
KINDS = {"struct", "class", "enum", "protocol", "actor"}
MODIFIERS = {
    "public", "package", "internal", "private", "fileprivate", "open", "static", "class", "final", "lazy", "weak",
    "unowned", "nonisolated", "override", "indirect", "required", "mutating",
}
STARTERS = MODIFIERS | KINDS | {
    "var", "let", "func", "init", "deinit", "subscript", "case", "extension", "typealias", "associatedtype", "import",
}
OPENING, CLOSING = {"(": ")", "[": "]", "{": "}"}, set(")]}")

Word = collections.namedtuple("Word", "text begins_line")
Scope = collections.namedtuple("Scope", "kind name item")


def words_of(text):
    words, begins_line = [], True
    for match in WORD.finditer(code_of(text)):
        if match.group() == "\n":
            begins_line = True
        else:
            words.append(Word(match.group(), begins_line))
            begins_line = False
    return words


class Type:
    """A declaration of a type or an extension of one; `path` is its name with those of the types around it."""

    def __init__(self, file, kind, path, parents, is_hidden):
        self.file, self.kind, self.path, self.parents, self.is_hidden = file, kind, path, parents, is_hidden
        self.cases = {}  # of an enum: by name, the types that it carries
        self.stored = []  # (name, may be written from another file, is a variable, the words of its declaration)

    @property
    def name(self):
        return self.path.split(".")[-1]


class Switch:
    def __init__(self, file, owner, subject):
        self.file, self.owner, self.subject = file, owner, subject
        self.patterns = []  # the words of each `case` label
        self.has_default = False

    @property
    def case_names(self):
        """The names of the cases that its labels begin with."""
        names = set()
        for pattern in self.patterns:
            depth = 0
            for before, word in zip([""] + pattern, pattern):
                if depth == 0 and before == "where":
                    break
                if depth == 0 and before == "." and NAME.match(word):
                    names.add(word)
                depth += (word in OPENING) - (word in CLOSING)
        return names

    @property
    def catches_all(self):
        def is_free(pattern):
            rest = [word for word in pattern if word not in {"(", ")", ",", "let", "var"}]
            bound = "let" in pattern or "var" in pattern
            return all(word == "_" or (bound and NAME.match(word)) for word in rest)

        return self.has_default or any(is_free(pattern) for pattern in self.patterns)


class Source:
    """One file of Swift, read once."""

    def __init__(self, root, path):
        self.path = str(path.relative_to(root))
        self.target = self.path.split("/")[1]
        self.lines = path.read_text().count("\n")
        self.words = words_of(path.read_text())
        self.names = {word.text for word in self.words}
        self.imports, self.types, self.extensions, self.switches, self.aliases = [], [], [], [], []
        self.patterns = []  # (the type it stands in, the words) of each `case` of a switch or a condition
        self.read()

    def text(self, i):
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def until(self, i, stops):
        """The first place from `i` on where one of `stops` stands outside brackets."""
        depth = 0
        while i < len(self.words):
            word = self.text(i)
            if depth == 0 and word in stops:
                break
            depth += (word in OPENING) - (word in CLOSING)
            if depth < 0:
                break
            i += 1
        return i

    def modifiers(self, i):
        """The modifiers before the word at `i`, such as `public private(set)`."""
        found = []
        while i > 0:
            if self.text(i - 1) in MODIFIERS:
                i -= 1
                found.append(self.text(i))
            elif self.text(i - 1) == ")" and self.text(i - 2) == "set" and self.text(i - 4) in MODIFIERS:
                i -= 4
                found.append(self.text(i) + "(set)")
            else:
                break
        return found

    def read(self):
        scopes, pending, i = [], {}, 0
        while i < len(self.words):
            word, before, after = self.text(i), self.text(i - 1), self.text(i + 1)
            innermost = next((s for s in reversed(scopes) if s.kind in ("type", "extension")), None)
            scope = scopes[-1] if scopes else None
            if word == "{":
                scopes.append(pending.pop(i, Scope("code", "", None)))
            elif word == "}":
                if scopes:
                    scopes.pop()
            elif before == ".":
                pass
            elif word == "import" and scope is None:
                kinds = KINDS | {"func", "var", "let", "typealias"}
                self.imports.append(self.text(i + 2) if after in kinds else after)
            elif word in KINDS and before != "import" and NAME.match(after) and after not in STARTERS:
                i = self.read_type(i, innermost, pending)
                continue
            elif word == "extension" and NAME.match(after):
                i = self.read_type(i, None, pending)
                continue
            elif word == "typealias" and NAME.match(after):
                self.aliases.append(after)
            elif word == "switch":
                end = self.until(i + 1, {"{"})
                item = Switch(self, innermost.name if innermost else "", [w.text for w in self.words[i + 1:end]])
                self.switches.append(item)
                pending[end] = Scope("switch", "", item)
            elif word == "default" and after == ":" and scope and scope.kind == "switch":
                scope.item.has_default = True
            elif word == "case":
                self.read_case(i, scope, innermost)
            elif word in ("var", "let") and scope and scope.kind == "type":
                self.read_property(i, scope.item)
            i += 1

    def read_type(self, i, around, pending):
        """Reads the head of a type or extension; its body follows at the place that is returned."""
        kind, is_hidden = self.text(i), bool({"private", "fileprivate"} & set(self.modifiers(i)))
        end = self.until(i + 1, {"{"})
        name, at = self.text(i + 1), i + 2
        while kind == "extension" and self.text(at) == "." and at < end:
            name, at = f"{name}.{self.text(at + 1)}", at + 2
        head = without_generics([w.text for w in self.words[at:end]])
        if "where" in head:
            head = head[:head.index("where")]
        parents = [w for w in head[head.index(":") + 1:] if NAME.match(w)] if ":" in head else []
        path = f"{around.name}.{name}" if around else name
        is_hidden = is_hidden or bool(around and around.item.is_hidden)
        item = Type(self, kind, path, parents, is_hidden)
        (self.extensions if kind == "extension" else self.types).append(item)
        pending[end] = Scope("extension" if kind == "extension" else "type", path, item)
        return end

    def read_case(self, i, scope, innermost):
        is_condition = self.text(i - 1) in ("if", "guard", "while", "for", ",")
        if scope and scope.kind == "type" and scope.item.kind == "enum" and not is_condition:
            i += 1
            while True:
                name, carried = self.text(i), []
                if self.text(i + 1) == "(":
                    end = self.until(i + 2, {")"})
                    carried, i = paths_in([w.text for w in self.words[i + 2:end]]), end
                scope.item.cases[name] = carried
                if self.text(i + 1) == "=":
                    i += 2
                if self.text(i + 1) != ",":
                    return
                i += 2
        end = self.until(i + 1, {"=", "in"} if is_condition else {":"})
        pattern = [w.text for w in self.words[i + 1:end]]
        self.patterns.append((innermost.name if innermost else "", pattern))
        if scope and scope.kind == "switch" and not is_condition:
            depth, start = 0, 0
            for at, word in enumerate(pattern + [","]):
                depth += (word in OPENING) - (word in CLOSING)
                if word == "," and depth == 0:
                    scope.item.patterns.append(pattern[start:at])
                    start = at + 1

    def read_property(self, i, owner):
        end = i + 1
        while end < len(self.words):
            end = self.until(end, {"{", "="} | STARTERS)
            word = self.words[end] if end < len(self.words) else Word("}", True)
            if word.text in ("{", "=", "}") or word.begins_line or word.text.startswith("@"):
                break
            end += 1
        is_computed = self.text(end) == "{" and self.text(end + 1) not in ("willSet", "didSet")
        if is_computed or self.text(i + 1) == "_":
            return
        given = self.modifiers(i)
        hidden = {"private", "fileprivate", "private(set)", "fileprivate(set)"}
        is_open = self.text(i) == "var" and not owner.is_hidden and not hidden & set(given)
        if self.text(end) == "=":
            end = self.line_end(end)
        owner.stored.append((self.text(i + 1), is_open, self.text(i) == "var", [w.text for w in self.words[i:end]]))

    def line_end(self, i):
        i += 1
        while i < len(self.words) and not self.words[i].begins_line:
            i += 1
        return i


def without_generics(words):
    """The words without what stands between angle brackets."""
    depth, kept = 0, []
    for word in words:
        depth -= word == ">"
        if depth == 0 and word not in "<>":
            kept.append(word)
        depth += word == "<"
    return kept


def paths_in(words):
    """The types that are named, with their outer types: `[Playhead.Command]` gives `Playhead.Command`."""
    joined = re.sub(r" ?\. ?", ".", " ".join(words))
    return re.findall(r"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)*", joined)
