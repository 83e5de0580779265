package dev.fettle.source.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class OriginalLinesTest {
  private static final String PATH = "src/main/java/a/Cart.java";
  private static final String BEFORE =
      """
      package a;
      class Cart {
        int size(String name) {
          return name.length();
        }
        int last(int[] all) {
          int at = all.length - 1;
          return all[at];
        }
      }
      """;

  @TempDir Path dir;
  private TinyProject tiny;

  @BeforeEach
  void project() {
    tiny = TinyProject.in(dir).source(BEFORE);
  }

  private OriginalLines replacing(String old, String text) {
    int start = BEFORE.indexOf(old);
    Replacement replacement = new Replacement(PATH, start, start + old.length(), old, text);
    return new OriginalLines(new Patch(List.of(replacement)), tiny.tree());
  }

  @Test
  void addedLinesAreThoseOfWhatTheyStandBefore() {
    OriginalLines lines =
        replacing("return name", "if (name == null) {\n      return 0;\n    }\n    return name");
    assertThat(List.of(3, 4, 5, 6, 7, 8, 10, 11).stream().map(n -> lines.line(PATH, n)))
        .containsExactly(3, 4, 4, 4, 4, 5, 7, 8);
    assertThat(lines.line("src/main/java/a/Other.java", 7)).isEqualTo(7);
  }

  @Test
  void linesAfterOnesThatWentAwayMoveDown() {
    OriginalLines lines = replacing("int at = all.length - 1;\n    return all[at];", "return 0;");
    assertThat(List.of(6, 7, 8).stream().map(n -> lines.line(PATH, n))).containsExactly(6, 7, 9);
  }

  @Test
  void aClassFileOfThePatchedSourceNamesTheLinesBeforeIt() throws Exception {
    OriginalLines lines =
        replacing("return name", "if (name == null) {\n      return 0;\n    }\n    return name");
    TinyProject patched =
        TinyProject.in(dir.resolve("patched"))
            .source(
                BEFORE.replace(
                    "return name", "if (name == null) {\n      return 0;\n    }\n    return name"))
            .compile();
    byte[] compiled =
        Files.readAllBytes(patched.model().modules().get(0).mainOutput().resolve("a/Cart.class"));

    assertThat(linesIn(compiled)).containsExactly(2, 4, 5, 7, 10, 11);
    assertThat(linesIn(lines.in(compiled))).containsExactly(2, 4, 7, 8);
  }

  private static Set<Integer> linesIn(byte[] classFile) {
    Set<Integer> lines = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String s, String[] e) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitLineNumber(int line, Label start) {
                    lines.add(line);
                  }
                };
              }
            },
            0);
    return lines;
  }
}
