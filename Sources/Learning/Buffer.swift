/// Numbers at one address for life, 64-byte aligned, which the kernels and several threads may reach.
///
/// Whoever writes from several threads gives each its own elements.
final class Buffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int, repeating value: Element) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(64, count * MemoryLayout<Element>.stride), alignment: 64)
    start = bytes.bindMemory(to: Element.self, capacity: count)
    start.initialize(repeating: value, count: count)
  }

  convenience init(_ elements: [Element], else filler: Element) {
    self.init(elements.count, repeating: filler)
    for (index, element) in elements.enumerated() { start[index] = element }
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  var array: [Element] { Array(UnsafeBufferPointer(start: start, count: count)) }

  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return start[index]
    }
    set {
      assert(index >= 0 && index < count)
      start[index] = newValue
    }
  }
}
