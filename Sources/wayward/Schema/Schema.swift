import Archive

/// What one line of JSON that the program prints or writes holds. The tables of the article on JSON and the lists of
/// fields in the helps are made of it, and a test runs each command and holds its lines to it.
struct Schema: Sendable {
  /// A short name, by which other tables refer to it: `eval`.
  let name: String
  /// The command as one types it: `wayward eval WORLD --format json`.
  let command: String
  /// What a line is of: `an agent and split`.
  let line: String
  /// The members of the line's object, in the order in which they are explained.
  let fields: [Field]

  /// A member of an object.
  struct Field: Sendable {
    /// Its name.
    let name: String
    /// What its value is.
    let kind: Kind
    /// What it means, and in which unit.
    let meaning: String
    /// When it is `null`; `nil` where it never is.
    let null: String?
    /// When it is not there; `nil` where it always is.
    let absent: String?
    /// The version that has it first.
    let since: String

    /// A member of an object. A new field of a line is one of these, in the list of its schema.
    init(
      _ name: String, _ kind: Kind, _ meaning: String, null: String? = nil, absent: String? = nil,
      since: String = "0.1"
    ) {
      (self.name, self.kind, self.meaning, self.null, self.absent, self.since) =
        (name, kind, meaning, null, absent, since)
    }
  }

  /// What a value is.
  indirect enum Kind: Sendable {
    /// A number without point or exponent.
    case integer
    /// A finite number.
    case number
    /// A number from 0 to 1.
    case share
    case text
    /// One of some texts.
    case word([String])
    case truth
    /// It, or `null`.
    case optional(Kind)
    case list(Kind)
    /// An object whose members are named by what they are of: `goal`.
    case map(of: String, Kind)
    case object(Shape)
  }

  /// An object within a line, which several lines may have.
  struct Shape: Sendable {
    /// What tables call it: `rate`.
    let name: String
    let fields: [Field]
  }

  /// The names of its fields, as a help lists them, with where the rest is told.
  var sentence: String {
    "JSON has one object a line, \(line) each: \(fields.map(\.name).joined(separator: ", ")). "
      + "wayward help json says what each is."
  }

  /// The shapes that its fields name, each once, the outer ones first.
  var shapes: [Shape] {
    func inner(_ fields: [Field]) -> [Shape] { fields.flatMap { $0.kind.shapes }.flatMap { [$0] + inner($0.fields) } }
    return inner(fields).reduce(into: []) { known, shape in
      if !known.contains(where: { $0.name == shape.name }) { known.append(shape) }
    }
  }
}

extension Schema.Kind {
  fileprivate var shapes: [Schema.Shape] {
    switch self {
    case .integer, .number, .share, .text, .word, .truth: []
    case .optional(let kind), .list(let kind), .map(_, let kind): kind.shapes
    case .object(let shape): [shape]
    }
  }

  /// As tables say it: `list of steps`.
  var words: String {
    switch self {
    case .integer: "whole number"
    case .number: "number"
    case .share: "number from 0 to 1"
    case .text: "text"
    case .word(let words): words.map(Markdown.code).joined(separator: ", ")
    case .truth: "true or false"
    case .optional(let kind): "\(kind.words) or null"
    case .list(let kind): "list: \(kind.words)"
    case .map(let key, let kind): "object by \(key): \(kind.words)"
    case .object(let shape): "object: \(shape.name)"
    }
  }
}

extension Schema {
  /// How a line departs from the schema, each with the way to the value; none where it keeps to it.
  func problems(in line: JSON) -> [String] { Schema.problems(in: line, fields, at: "") }

  private static func problems(in value: JSON, _ fields: [Field], at path: String) -> [String] {
    guard let members = value.members else { return ["\(path) is no object"] }
    let unknown = members.filter { member in !fields.contains { $0.name == member.key } }
    let repeated = Dictionary(grouping: members, by: \.key).filter { $0.value.count > 1 }.keys.sorted()
    return unknown.map { "\(path)\($0.key) is in no schema" } + repeated.map { "\(path)\($0) is there twice" }
      + fields.flatMap { field -> [String] in
        guard let member = value[field.name] else {
          return field.absent == nil ? ["\(path)\(field.name) is missing"] : []
        }
        if member == .null { return field.null == nil ? ["\(path)\(field.name) is null"] : [] }
        return problems(in: member, field.kind, at: path + field.name)
      }
  }

  private static func problems(in value: JSON, _ kind: Kind, at path: String) -> [String] {
    let isRight: Bool
    switch kind {
    case .integer: isRight = value.integer != nil || value.unsigned != nil
    case .number: isRight = value.double != nil
    case .share: isRight = value.double.map { (0...1).contains($0) } ?? false
    case .text: isRight = value.string != nil
    case .word(let words): isRight = value.string.map(words.contains) ?? false
    case .truth: isRight = value.bool != nil
    case .optional(let kind): return value == .null ? [] : problems(in: value, kind, at: path)
    case .list(let kind):
      guard let elements = value.array else { return ["\(path) is no list"] }
      return elements.enumerated().flatMap { problems(in: $1, kind, at: "\(path)[\($0)]") }
    case .map(_, let kind):
      guard let members = value.members else { return ["\(path) is no object"] }
      return members.flatMap { problems(in: $0.value, kind, at: "\(path).\($0.key)") }
    case .object(let shape): return problems(in: value, shape.fields, at: path + ".")
    }
    return isRight ? [] : ["\(path) is no \(kind.words): \(value.text.prefix(60))"]
  }

  /// The ways to all fields of which some lines have a value that is not `null`: what a test has seen.
  func seen(in lines: [JSON]) -> Set<String> { Set(lines.flatMap { Schema.seen(in: $0, fields, at: "") }) }

  /// The ways to all fields that there are.
  var paths: Set<String> { Set(Schema.paths(of: fields, at: "")) }

  private static func seen(in value: JSON, _ fields: [Field], at path: String) -> [String] {
    fields.flatMap { field -> [String] in
      guard let member = value[field.name], member != .null else { return [] }
      return [path + field.name] + seen(in: member, field.kind, at: path + field.name)
    }
  }

  private static func seen(in value: JSON, _ kind: Kind, at path: String) -> [String] {
    switch kind {
    case .integer, .number, .share, .text, .word, .truth: []
    case .optional(let kind): value == .null ? [] : seen(in: value, kind, at: path)
    case .list(let kind): (value.array ?? []).flatMap { seen(in: $0, kind, at: path) }
    case .map(_, let kind): (value.members ?? []).flatMap { seen(in: $0.value, kind, at: path) }
    case .object(let shape): seen(in: value, shape.fields, at: path + ".")
    }
  }

  private static func paths(of fields: [Field], at path: String) -> [String] {
    fields.flatMap { [path + $0.name] + paths(in: $0.kind, at: path + $0.name) }
  }

  private static func paths(in kind: Kind, at path: String) -> [String] {
    switch kind {
    case .integer, .number, .share, .text, .word, .truth: []
    case .optional(let kind), .list(let kind), .map(_, let kind): paths(in: kind, at: path)
    case .object(let shape): paths(of: shape.fields, at: path + ".")
    }
  }
}
