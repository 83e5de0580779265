package dev.fettle.server;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.spi.SourceTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which policy holds: the server's ceiling, narrowed by the repository. */
final class Policies {
  private Policies() {}

  static Policy ceiling(@Nullable String name) {
    String chosen = name == null ? "default" : name;
    return switch (chosen) {
      case "startup" ->
          new Policy(
              chosen,
              Map.of(
                  "hotpatch", Autonomy.AUTOMATIC,
                  "branch", Autonomy.AUTOMATIC,
                  "patchfile", Autonomy.AUTOMATIC));
      case "default" ->
          new Policy(
              chosen,
              Map.of(
                  "hotpatch", Autonomy.ON_APPROVAL,
                  "branch", Autonomy.ON_APPROVAL,
                  "patchfile", Autonomy.AUTOMATIC));
      default -> throw new IllegalArgumentException("no such policy: " + chosen);
    };
  }

  static Policy of(SourceTree tree, Policy ceiling) {
    return ceiling;
  }
}
