package dev.fettle.delivery.policy;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policies that Fettle ships. */
public final class Templates {
  private static final Map<String, Policy> ALL =
      Map.of(
          "startup",
          policy("startup", Autonomy.AUTOMATIC, Autonomy.AUTOMATIC, Autonomy.AUTOMATIC),
          "enterprise",
          policy("enterprise", Autonomy.ON_APPROVAL, Autonomy.ON_APPROVAL, Autonomy.ON_APPROVAL),
          "default",
          policy("default", Autonomy.AUTOMATIC, Autonomy.ON_APPROVAL, Autonomy.ON_APPROVAL));

  private Templates() {}

  private static Policy policy(
      String name, Autonomy patchfile, Autonomy branch, Autonomy hotpatch) {
    return new Policy(name, Map.of("patchfile", patchfile, "branch", branch, "hotpatch", hotpatch));
  }

  /** The template of that name. */
  public static Optional<Policy> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Their names. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /** A patch file at once, everything else on approval. */
  public static Policy defaults() {
    return ALL.getOrDefault("default", enterprise());
  }

  /** Everything waits for approval. */
  public static Policy enterprise() {
    return policy("enterprise", Autonomy.ON_APPROVAL, Autonomy.ON_APPROVAL, Autonomy.ON_APPROVAL);
  }
}
