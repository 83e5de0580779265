package dev.fettle.source.locate;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.source.java.Focus;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The application frames of an exception with their sources, innermost first. The files of the
 * first few are opened together; other files are only parsed, once each.
 */
final class Scene {
  private static final int TYPED_FILES = 3;
  private static final int FRAMES = 24;

  private final JavaProject project;
  private final CapturedException exception;
  private final List<Site> sites = new ArrayList<>();
  private final Map<String, JavaFile> typed;
  private final Map<String, Optional<JavaFile>> parsed = new HashMap<>();

  Scene(JavaProject project, CapturedException exception) {
    this.project = project;
    this.exception = exception;
    Map<String, Set<Integer>> lines = new LinkedHashMap<>();
    List<CapturedFrame> frames = exception.frames();
    int seen = 0;
    for (CapturedFrame f : frames) {
      if (f.application() && seen++ < FRAMES) {
        project
            .index()
            .declaring(f.className())
            .ifPresent(p -> lines.computeIfAbsent(p, x -> new LinkedHashSet<>()).add(f.line()));
      }
    }
    Map<String, Focus> wanted = new LinkedHashMap<>();
    lines.entrySet().stream()
        .limit(TYPED_FILES)
        .forEach(e -> wanted.put(e.getKey(), new Focus(false, e.getValue(), Set.of())));
    this.typed = project.files(wanted);
    seen = 0;
    for (int i = 0; i < frames.size() && seen < FRAMES; i++) {
      if (frames.get(i).application()) {
        seen++;
        site(frames, i).ifPresent(sites::add);
      }
    }
  }

  private Optional<Site> site(List<CapturedFrame> frames, int i) {
    CapturedFrame frame = frames.get(i);
    CapturedFrame inner = i == 0 ? null : frames.get(i - 1);
    return project
        .index()
        .declaring(frame.className())
        .flatMap(this::file)
        .flatMap(file -> file.method(frame).map(method -> new Site(frame, i, inner, file, method)));
  }

  JavaProject project() {
    return project;
  }

  CapturedException exception() {
    return exception;
  }

  List<Site> sites() {
    return sites;
  }

  /** The typed file where it was opened, else the parsed one. */
  Optional<JavaFile> file(String path) {
    JavaFile open = typed.get(path);
    return open != null ? Optional.of(open) : untyped(path);
  }

  /** The file with every body but without types. */
  Optional<JavaFile> untyped(String path) {
    return parsed.computeIfAbsent(path, project::parsed);
  }

  /**
   * The site that called {@code site}, when no foreign code but proxies and reflection stands
   * between.
   */
  Optional<Site> caller(Site site) {
    List<CapturedFrame> frames = exception.frames();
    for (int i = site.index() + 1; i < frames.size(); i++) {
      CapturedFrame f = frames.get(i);
      int at = i;
      Optional<Site> next = sites.stream().filter(s -> s.index() == at).findFirst();
      if (next.isPresent() && !isProxy(f)) {
        return next;
      }
      if (!isProxy(f) && !isPlumbing(f)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isProxy(CapturedFrame f) {
    return f.className().contains("$$") || f.className().contains("$Proxy");
  }

  private static boolean isPlumbing(CapturedFrame f) {
    return f.className().startsWith("java.lang.reflect.")
        || f.className().startsWith("jdk.internal.reflect.")
        || f.className().startsWith("org.springframework.aop.")
        || f.className().startsWith("org.springframework.cglib.")
        || f.className().startsWith("org.springframework.transaction.interceptor.")
        || f.className().startsWith("org.springframework.util.");
  }
}
