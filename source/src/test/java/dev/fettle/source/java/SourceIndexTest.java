package dev.fettle.source.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceIndexTest {
  @TempDir Path dir;

  @Test
  void readsDeclarationsThroughStringsCommentsAndTextBlocks() {
    assertThat(
            DeclarationScan.types(
                """
                /* class No {} */
                package a . b ;
                @interface Mark {}
                public class A<T extends Comparable<T>> {
                  String s = "class Not { \\" }";
                  char c = '"';
                  String t = \"""
                      record Never(int x) { \"""
                      + A.class;
                  record Pair(int a) { enum E { X { void f() {} } } }
                  int record = 1;
                  void m() { class Local {} int record = 2; }
                  interface I {}
                }
                sealed interface Z permits Z.Q { final class Q implements Z {} }
                """))
        .containsExactly(
            "a.b.Mark", "a.b.A", "a.b.A$Pair", "a.b.A$Pair$E", "a.b.A$I", "a.b.Z", "a.b.Z$Q");
  }

  @Test
  void findsTheFileByClassNeverByFileName() {
    TinyProject tiny =
        TinyProject.in(dir)
            .write("src/main/java/odd/place/Whatever.java", "package a; class B { class C {} }")
            .test("package a; class B { }")
            .test("package a; class BTest { }");
    SourceIndex index = new JavaSources().project(tiny.tree(), tiny.model()).index();

    assertThat(index.declaring("a.B$C$1")).contains("src/main/java/odd/place/Whatever.java");
    assertThat(index.declaring("a.B$$SpringCGLIB$$0"))
        .contains("src/main/java/odd/place/Whatever.java");
    assertThat(index.declaring("a.BTest")).contains("src/test/java/a/BTest.java");
    assertThat(index.isTest("src/test/java/a/BTest.java")).isTrue();
    assertThat(index.declaring("a.Nothing")).isEmpty();
    assertThat(index.mentioning("C")).hasSize(1);
    assertThat(index.mentioning("clas")).isEmpty();
  }
}
