import Gridworlds
import Learning

extension TrainingConfiguration {
  /// What the file of an agent of this recipe is called, without its ending: `seed-1-200000-p0.1`.
  ///
  /// Steps and severity are left out where they are the world's own, the world where it is its family's default.
  public func agentName(in world: any World) -> String {
    var name = "seed-\(seed)"
    if world.name != world.family { name = world.name + "-" + name }
    if totalSteps != TrainingConfiguration(for: world).totalSteps { name += "-\(totalSteps)" }
    if severity != 0 { name += "-p\(severity)" }
    return name
  }

  /// The file of an agent of this recipe in a folder.
  public func agentPath(in world: any World, folder: String) -> String {
    "\(folder)/\(agentName(in: world)).safetensors"
  }
}
