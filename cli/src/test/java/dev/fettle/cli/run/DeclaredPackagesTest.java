package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredPackagesTest {
  @TempDir Path checkout;

  @Test
  void namesTheTopmostPackagesOfMainSources() throws IOException {
    write(
        "a/src/main/java/A.java",
        "/* package no.comment;\n */\npackage com.acme.shop;\nclass A {}");
    write("a/src/main/java/B.java", "package com.acme.shop.web; class B {}");
    write("b/src/main/kotlin/C.kt", "package org.other.lib\nclass C");
    write("b/src/main/java/D.java", "class InNoPackage {}");
    write("b/src/main/java/E.java", "package single;");
    write("b/src/test/java/T.java", "package com.tests.only;");
    write("b/target/generated/G.java", "package com.generated.twice;");
    write(".git/x.java", "package in.git;");

    assertThat(DeclaredPackages.of(checkout)).containsExactly("com.acme.shop", "org.other.lib");
  }

  @Test
  void aPackageMayBeNamedAsAFolderOfABuildOrOfTests() throws IOException {
    write("src/main/java/it/unibo/shop/A.java", "package it.unibo.shop;");
    write("src/main/java/com/acme/build/B.java", "package com.acme.build;");
    write("src/main/kotlin/test/C.kt", "package org.other.test");
    write("lib/com/tools/out/D.java", "package com.tools.out;");

    assertThat(DeclaredPackages.of(checkout))
        .containsExactly("com.acme.build", "it.unibo.shop", "org.other.test");
  }

  @Test
  void testsAndWhatABuildMadeDeclareNothing() throws IOException {
    write("a/src/it/java/com/acme/it/A.java", "package com.acme.it;");
    write("tests/com/acme/B.java", "package com.acme;");
    write("a/build/generated/main/com/acme/C.java", "package com.acme;");
    write("src/main/java/com/real/D.java", "package com.real;");

    assertThat(DeclaredPackages.of(checkout)).containsExactly("com.real");
  }

  @Test
  void aSourceThatCannotBeReadDeclaresNothing() {
    Path unreadable = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(unreadable), "SKIPPED: needs a file that fails to be read");

    assertThat(DeclaredPackages.declaredIn(unreadable)).isEmpty();
  }

  private void write(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
