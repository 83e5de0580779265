package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

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

  private void write(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
