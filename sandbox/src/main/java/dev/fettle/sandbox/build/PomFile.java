package dev.fettle.sandbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a pom says without a build: properties, dependencies and folders, with those of its parents
 * as far as they lie beside it or in the local repository. Plugins, profiles and exclusions are not
 * looked at.
 */
final class PomFile {
  private static final int DEPTH = 8;
  private static final long LARGEST = 4 << 20;
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, Dependency> managed = new LinkedHashMap<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private @Nullable String sources;
  private @Nullable String tests;

  private PomFile() {}

  /** A dependency as it is written; the version is empty where nothing names one. */
  record Dependency(
      String group,
      String artifact,
      String version,
      String scope,
      String classifier,
      boolean optional) {
    String key() {
      return group + ":" + artifact;
    }
  }

  /**
   * Reads one.
   *
   * @return empty when it is no pom
   */
  static Optional<PomFile> read(Path file, Path repository) {
    return read(file, repository, 0);
  }

  private static Optional<PomFile> read(Path file, Path repository, int depth) {
    try {
      if (depth > DEPTH || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element project = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      PomFile pom = new PomFile();
      pom.inherit(project, file, repository, depth);
      pom.take(project, repository, depth);
      return Optional.of(pom);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      return Optional.empty();
    }
  }

  private void inherit(Element project, Path file, Path repository, int depth) {
    Element parent = child(project, "parent").orElse(null);
    if (parent == null) {
      return;
    }
    String group = text(parent, "groupId");
    String version = text(parent, "version");
    properties.put("project.parent.version", version);
    properties.put("project.groupId", group);
    properties.put("project.version", version);
    String beside = text(parent, "relativePath");
    Path near = file.resolveSibling(beside.isEmpty() ? "../pom.xml" : beside).normalize();
    Path stored = stored(repository, group, text(parent, "artifactId"), version, ".pom");
    read(Files.isRegularFile(near) ? near : stored, repository, depth + 1)
        .or(() -> read(stored, repository, depth + 1))
        .ifPresent(
            p -> {
              p.properties.forEach(properties::putIfAbsent);
              managed.putAll(p.managed);
              dependencies.addAll(p.dependencies);
              sources = p.sources;
              tests = p.tests;
            });
  }

  private void take(Element project, Path repository, int depth) {
    child(project, "properties")
        .ifPresent(all -> children(all).forEach(p -> properties.put(p.getTagName(), text(p))));
    for (String name : List.of("groupId", "artifactId", "version")) {
      if (!text(project, name).isEmpty()) {
        properties.put("project." + name, text(project, name));
        properties.put("pom." + name, text(project, name));
      }
    }
    child(project, "dependencyManagement")
        .flatMap(m -> child(m, "dependencies"))
        .ifPresent(all -> children(all).forEach(d -> manage(d, repository, depth)));
    child(project, "dependencies")
        .ifPresent(all -> children(all).forEach(d -> dependencies.add(dependency(d))));
    child(project, "build")
        .ifPresent(
            build -> {
              String main = text(build, "sourceDirectory");
              String test = text(build, "testSourceDirectory");
              sources = main.isEmpty() ? sources : resolved(main);
              tests = test.isEmpty() ? tests : resolved(test);
            });
  }

  private void manage(Element element, Path repository, int depth) {
    Dependency one = dependency(element);
    if (one.scope().equals("import")) {
      Path bom = stored(repository, one.group(), one.artifact(), one.version(), ".pom");
      read(bom, repository, depth + 1)
          .ifPresent(p -> p.managed.forEach((k, d) -> managed.putIfAbsent(k, p.resolved(d))));
    } else {
      managed.put(one.key(), one);
    }
  }

  private static Dependency dependency(Element element) {
    String scope = text(element, "scope");
    return new Dependency(
        text(element, "groupId"),
        text(element, "artifactId"),
        text(element, "version"),
        scope,
        text(element, "classifier"),
        text(element, "optional").equals("true"));
  }

  /** Its dependencies with what properties and management say of them. */
  List<Dependency> dependencies() {
    Map<String, Dependency> all = new LinkedHashMap<>();
    for (Dependency written : dependencies) {
      Dependency one = resolved(written);
      Dependency known =
          Optional.ofNullable(managed.get(one.key())).map(this::resolved).orElse(one);
      all.put(
          one.key() + ":" + one.classifier(),
          new Dependency(
              one.group(),
              one.artifact(),
              one.version().isEmpty() ? known.version() : one.version(),
              one.scope().isEmpty() ? known.scope() : one.scope(),
              one.classifier(),
              one.optional()));
    }
    return List.copyOf(all.values());
  }

  /** The folder of main sources that it names; empty for the usual one. */
  Optional<String> sources() {
    return Optional.ofNullable(sources);
  }

  Optional<String> tests() {
    return Optional.ofNullable(tests);
  }

  private Dependency resolved(Dependency d) {
    return new Dependency(
        resolved(d.group()),
        resolved(d.artifact()),
        resolved(d.version()),
        resolved(d.scope()),
        resolved(d.classifier()),
        d.optional());
  }

  private String resolved(String text) {
    String now = text;
    for (int round = 0; round < DEPTH && now.contains("${"); round++) {
      Matcher property = PROPERTY.matcher(now);
      now =
          property.replaceAll(
              m ->
                  Matcher.quoteReplacement(
                      Optional.ofNullable(properties.get(m.group(1))).orElse(base(m.group(1)))));
    }
    return now;
  }

  private static String base(String name) {
    return name.equals("basedir") || name.equals("project.basedir") ? "." : "";
  }

  /** Where the local repository keeps a file of an artifact. */
  static Path stored(
      Path repository, String group, String artifact, String version, String ending) {
    return repository
        .resolve(group.replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ending)
        .normalize();
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(e -> e.getTagName().equals(name)).findFirst();
  }

  private static List<Element> children(Element parent) {
    List<Element> all = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element e) {
        all.add(e);
      }
    }
    return all;
  }

  private static String text(Element parent, String name) {
    return child(parent, name).map(PomFile::text).orElse("");
  }

  private static String text(Element element) {
    return element.getTextContent().strip();
  }
}
