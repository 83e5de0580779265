package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.hotpatch.HotPatchResult.Applied;
import dev.fettle.agent.hotpatch.HotPatchResult.NotHotPatchable;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A patcher of this JVM, for tests that extend it. */
abstract class HotPatching {
  @TempDir Path guard;
  Instrumentation instrumentation;
  HotPatcher patcher;

  @BeforeEach
  void patcher() {
    instrumentation = LiveClasses.seenBy(ByteBuddyAgent.install());
    patcher = new HotPatcher(instrumentation, guard);
  }

  @AfterEach
  void close() {
    patcher.close();
  }

  List<String> apply(String id, String... sources) {
    HotPatchResult result = patcher.apply(id, LiveClasses.compile(sources));
    assertThat(result).isInstanceOf(Applied.class);
    return ((Applied) result).methods();
  }

  String refusal(String source) {
    return refusal("refused", source);
  }

  String refusal(String id, String source) {
    HotPatchResult result = patcher.apply(id, LiveClasses.compile(source));
    assertThat(result).isInstanceOf(NotHotPatchable.class);
    return ((NotHotPatchable) result).reason();
  }
}
