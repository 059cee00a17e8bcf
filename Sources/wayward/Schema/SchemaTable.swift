/// The article's tables of the JSON that commands print.
enum SchemaTable {
  static let table = ReportTable("json", command: "wayward help json", isQuick: true) { _ in lines }

  /// A heading, a sentence and a table a line, and one table of the objects within them.
  private static var lines: [String] {
    let lines = Schema.all.flatMap { schema in
      ["## \(Markdown.code(schema.command))", "", "A line is \(schema.line).", ""] + table(schema.fields) + [""]
    }
    let shapes = Schema.all.flatMap(\.shapes).reduce(into: [Schema.Shape]()) { known, shape in
      if !known.contains(where: { $0.name == shape.name }) { known.append(shape) }
    }
    return lines + ["## Objects within lines"]
      + shapes.flatMap { ["", "### Object: \($0.name)", ""] + table($0.fields) }
  }

  private static func table(_ fields: [Schema.Field]) -> [String] {
    Markdown.table(
      ["field", "type", "means", "since"],
      fields.map { field in
        let exceptions = [field.null.map { "null where \($0)" }, field.absent.map { "not there where \($0)" }]
        let words = ([field.meaning] + exceptions.compactMap { $0 }).joined(separator: "; ")
        return [Markdown.code(field.name), field.kind.words, words, field.since]
      })
  }
}
