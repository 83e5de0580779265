package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which services are packed, with Spring Boot's own loaders. */
class LayoutsIT {
  private static final String NEW = "org.springframework.boot.loader.launch.";
  private static final String OLD = "org.springframework.boot.loader.";

  @TempDir Path directory;
  private RecordingServer server;
  private TestApp app;

  @BeforeEach
  void service() throws IOException {
    server = new RecordingServer();
    String parser =
        "package com.acme.parse; public class Parser {\n"
            + " public static int parse(String text) { return Integer.parseInt(text); } }";
    TestApp.of(directory, "com/acme/parse/Parser.java", parser, "-g");
    String main =
        "package com.acme.shop; public class Main {\n"
            + " static int load(String text) { return com.acme.parse.Parser.parse(text); }\n"
            + " public static void main(String[] a) throws Exception {\n"
            + "  Thread t = new Thread(() -> load(\"x\")); t.start(); t.join();\n"
            + "  System.out.println(Main.class.getProtectionDomain().getCodeSource()"
            + ".getLocation());\n"
            + "  java.nio.file.Path go ="
            + " java.nio.file.Path.of(System.getProperty(\"user.home\"), \"go\");\n"
            + "  for (int i = 0; i < 2000 && !java.nio.file.Files.exists(go); i++) {"
            + " Thread.sleep(20); } } }";
    app =
        TestApp.of(
            directory,
            "com/acme/shop/Main.java",
            main,
            "-g",
            "-cp",
            directory.resolve("classes").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void jarWithNestedUrls() throws Exception {
    Path jar = boot("BOOT-INF/", "spring-boot-loader", NEW + "JarLauncher");
    assertThat(seesBothClasses("-jar", jar.toString())).startsWith("jar:nested:");
  }

  @Test
  void jarWithTheOlderLoadersUrls() throws Exception {
    Path jar = boot("BOOT-INF/", "spring-boot-loader-classic", OLD + "JarLauncher");
    assertThat(seesBothClasses("-jar", jar.toString())).contains(".jar!/BOOT-INF/classes!/");
  }

  @Test
  void war() throws Exception {
    Path jar = boot("WEB-INF/", "spring-boot-loader", NEW + "WarLauncher");
    assertThat(seesBothClasses("-jar", jar.toString())).contains("WEB-INF/classes");
  }

  @Test
  void explodedJar() throws Exception {
    Path jar = boot("BOOT-INF/", "spring-boot-loader", NEW + "JarLauncher");
    Path exploded = Files.createDirectories(directory.resolve("exploded"));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = exploded.resolve(entry.getName());
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (!entry.isDirectory()) {
          Files.copy(in, file);
        }
      }
    }
    assertThat(seesBothClasses("-cp", exploded.toString(), NEW + "JarLauncher"))
        .startsWith("file:")
        .endsWith("BOOT-INF/classes/");
  }

  @Test
  void extractedJarWithItsLibrariesBesideIt() throws Exception {
    Path lib = Files.createDirectories(directory.resolve("extracted/lib"));
    Files.write(lib.resolve("parse.jar"), library());
    Path jar = directory.resolve("extracted/shop.jar");
    Map<String, String> manifest =
        Map.of("Main-Class", "com.acme.shop.Main", "Class-Path", "lib/parse.jar");
    try (JarOutputStream out = jar(Files.newOutputStream(jar), manifest)) {
      put(out, "com/acme/shop/Main.class", bytes("com/acme/shop/Main.class"));
    }
    assertThat(seesBothClasses("-jar", jar.toString())).endsWith("shop.jar");
  }

  /** Starts it, waits for its failure, and says where its classes were. */
  private String seesBothClasses(String... how) throws Exception {
    Process process = app.withAgent(server.url()).start(how);
    Message.Occurrence seen;
    try {
      seen = server.await(Message.Occurrence.class, 1).get(0);
    } finally {
      Files.createFile(directory.resolve("go"));
    }
    String out = app.finish(process).out().strip();
    List<CallFrame> own = seen.thrown().frames().stream().filter(CallFrame::application).toList();
    assertThat(own)
        .extracting(CallFrame::method)
        .startsWith("parse", "load")
        .allSatisfy(m -> assertThat(m).isNotBlank());
    assertThat(own.subList(0, 2)).allSatisfy(f -> assertThat(f.locals()).hasSize(1));
    return out;
  }

  private Path boot(String root, String loader, String launcher) throws IOException {
    Path jar = directory.resolve("shop.jar");
    Map<String, String> manifest =
        Map.of(
            "Main-Class",
            launcher,
            "Start-Class",
            "com.acme.shop.Main",
            "Spring-Boot-Classes",
            root + "classes/",
            "Spring-Boot-Lib",
            root + "lib/");
    try (JarOutputStream out = jar(Files.newOutputStream(jar), manifest);
        ZipInputStream in = new ZipInputStream(Files.newInputStream(Foreign.jar(loader)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          put(out, entry.getName(), in.readAllBytes());
        }
      }
      for (String folder : List.of(root, root + "classes/", root + "lib/")) {
        put(out, folder, new byte[0]);
      }
      put(out, root + "classes/com/acme/shop/Main.class", bytes("com/acme/shop/Main.class"));
      byte[] library = library();
      JarEntry stored = new JarEntry(root + "lib/parse.jar");
      CRC32 sum = new CRC32();
      sum.update(library);
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(library.length);
      stored.setCrc(sum.getValue());
      out.putNextEntry(stored);
      out.write(library);
      out.closeEntry();
    }
    return jar;
  }

  private byte[] library() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = jar(bytes, Map.of())) {
      put(out, "com/acme/parse/Parser.class", bytes("com/acme/parse/Parser.class"));
    }
    return bytes.toByteArray();
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(app.classes().resolve(name));
  }

  private static JarOutputStream jar(OutputStream out, Map<String, String> attributes)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach((k, v) -> manifest.getMainAttributes().putValue(k, v));
    return new JarOutputStream(out, manifest);
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
