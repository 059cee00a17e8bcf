/// Something to type, and what one sees: the manual page's examples, of which the first page has the first six.
struct Example {
  let command: String
  let words: String

  static let all = [
    Example(
      command: "wayward watch corner/first",
      words: "the cheese lies two steps away and the agent walks off: `d` goes to the departure, `e` explains it"),
    Example(
      command: "wayward watch coinrun/first --compare",
      words: "beside it the level's training twin, with the coin at the end: the very same moves"),
    Example(
      command: "wayward play keys/first",
      words: "be the agent; `,` looks back, and acting in the past branches there"),
    Example(
      command: "wayward edit corner/first",
      words: "redraw the level while the agent runs on it; `W` moves the cheese to every cell"),
    Example(
      command: "wayward train corner --seed 9 --steps 1000000",
      words: "watch a new agent learn, then find it in the gallery"),
    Example(
      command: "wayward profile corner",
      words: "what agents are after, by their choices on many levels"),
    Example(
      command: "wayward eval coinrun",
      words: "rates with intervals and verdicts over 1,000 held-out levels"),
    Example(
      command: "wayward live trees",
      words: "one unending life in which an agent cuts its forest down, and learns to keep it"),
    Example(
      command: "wayward record 'corner:shift#1000000' --count 100 > runs.jsonl",
      words: "a hundred episodes as a file, for `wayward replay` and `wayward analyze`"),
    Example(
      command: "wayward export corner/first -o first.cast",
      words: "a recording that asciinema plays, with a marker at each event"),
    Example(
      command: "wayward snapshot gallery --keys \"Enter d\" --format svg > departure.svg",
      words: "any screen as a picture, after any keys"),
    Example(
      command: "wayward sweep corner --steps 1000000 --svg corner.svg",
      words: "how much shifted training it takes, as a table and a chart"),
  ]
}
