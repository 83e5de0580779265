package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import dev.fettle.lab.search.Program;
import dev.fettle.lab.search.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The program whose candidates are judged. Confined to the session. */
final class Candidates {
  private final Application application;
  private final TestRun.Sink sink;
  private final PrintStream silent;
  private @Nullable Program program;

  Candidates(Application application, TestRun.Sink sink, PrintStream silent) {
    this.application = application;
    this.sink = sink;
    this.silent = silent;
  }

  Message prepare(Message.Prepare request) throws IOException {
    if (program != null) {
      program.close();
    }
    program = new Program(new Around(), request);
    return program.prepare();
  }

  Program prepared() throws IOException {
    if (program == null) {
      throw new IOException("no program was prepared");
    }
    return program;
  }

  private final class Around implements Surroundings {
    @Override
    public byte @Nullable [] application(String className) throws IOException {
      if (!application.mayHold(className)) {
        return null;
      }
      Optional<Application.Found> found = application.find(className);
      return found.isEmpty() ? null : found.get().bytes();
    }

    @Override
    public byte @Nullable [] library(String className) throws IOException {
      String file = className.replace('.', '/') + ".class";
      try (InputStream in = Candidates.class.getClassLoader().getResourceAsStream(file)) {
        return in == null ? null : in.readAllBytes();
      }
    }

    @Override
    public URL[] directories() {
      return application.urls();
    }

    @Override
    public Set<String> packages() throws IOException {
      Set<String> packages = new HashSet<>();
      for (Path directory : application.directories()) {
        Application.classNames(directory).forEach(c -> packages.add(Application.packageOf(c)));
      }
      for (String entry : System.getProperty("java.class.path").split(":")) {
        Path jar = Path.of(entry);
        if (Files.isRegularFile(jar)) {
          try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                .map(ZipEntry::getName)
                .filter(n -> n.endsWith(".class") && n.contains("/"))
                .forEach(n -> packages.add(n.substring(0, n.lastIndexOf('/')).replace('/', '.')));
          }
        }
      }
      return packages;
    }

    @Override
    public Message.Thrown copy(Throwable thrown) {
      return new Trace(application::isMain).of(thrown);
    }

    @Override
    public void send(Message message) throws IOException {
      sink.send(message);
    }

    @Override
    public PrintStream silent() {
      return silent;
    }
  }
}
