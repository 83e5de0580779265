package dev.fettle.lab.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final int SHARED = Message.Part.SHARED;

  /** Without its last statement the shared method returns nothing; 2 has an error of its own. */
  @Test
  void tellsWhatIsRefusedOnlyForWhatItShares() throws IOException {
    List<Message.Part> parts =
        List.of(
            new Message.Part(-1, -1, "class A { int c; int f() { switch (c) {\n"),
            new Message.Part(1, SHARED, "case 1: return f1();\n"),
            new Message.Part(2, SHARED, "case 2: return f1();\n"),
            new Message.Part(-1, -1, "default: return 0; } }\n"),
            new Message.Part(SHARED, -1, "int f1() {\n"),
            new Message.Part(1, SHARED, "if (c == 1) { c++; } else \n"),
            new Message.Part(2, SHARED, "if (c == 2) { c = missing; } else \n"),
            new Message.Part(SHARED, -1, "{ return 1; } }\n"),
            new Message.Part(3, -1, "int f3() { return 3; }\n"),
            new Message.Part(-1, -1, "}\n"));
    Set<Integer> live = new HashSet<>(List.of(1, 2, 3));
    Parts batch = new Parts(List.of(new Message.PartedFile("A.java", parts)), compiler());

    assertThat(batch.compile(live)).isPresent();

    assertThat(live).containsExactly(3);
    assertThat(batch.refusedTogether()).containsExactly(1);
  }

  private static BatchCompiler compiler() {
    BatchCompiler.ClassBytes platform =
        name -> {
          try (InputStream in =
              ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
          }
        };
    return new BatchCompiler(new TypeFiles(platform, Set.of()), 17);
  }
}
