package dev.fettle.testkit.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Prints the slowest tests of a build, and every skipped one with its reason. */
public final class SlowestTests {
  private static final int SHOWN = 20;

  private SlowestTests() {}

  /**
   * One test as Surefire reported it.
   *
   * @param skipped why it was skipped; empty when it ran
   */
  record Timed(String module, String name, double seconds, String skipped) {}

  /**
   * @param arguments the root of the build
   */
  public static void main(String[] arguments) throws IOException {
    System.out.print(report(read(Path.of(arguments[0]))));
  }

  /** Every test of every module below {@code root}; reports that cannot be read count as none. */
  static List<Timed> read(Path root) throws IOException {
    List<Timed> tests = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        Path reports = module.resolve("target/surefire-reports");
        if (Files.isDirectory(reports)) {
          try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(SlowestTests::isReport).sorted().toList()) {
              tests.addAll(read(module.getFileName().toString(), file));
            }
          }
        }
      }
    }
    return tests;
  }

  static String report(List<Timed> tests) {
    double total = tests.stream().mapToDouble(Timed::seconds).sum();
    List<Timed> skipped = tests.stream().filter(t -> !t.skipped().isEmpty()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d tests took %.0f s, %d were skipped; the %d slowest:%n",
            tests.size(),
            total,
            skipped.size(),
            Math.min(SHOWN, tests.size())));
    tests.stream()
        .sorted(Comparator.comparingDouble(Timed::seconds).reversed())
        .limit(SHOWN)
        .forEach(
            t ->
                text.append(
                    String.format(
                        Locale.ROOT, "  %7.2f s  %s: %s%n", t.seconds(), t.module(), t.name())));
    skipped.forEach(
        t ->
            text.append(
                String.format("  SKIPPED    %s: %s: %s%n", t.module(), t.name(), t.skipped())));
    return text.toString();
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("TEST-") && name.endsWith(".xml");
  }

  private static List<Timed> read(String module, Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Timed> tests = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          element(module, xml, tests);
        }
      }
      return tests;
    } catch (XMLStreamException cut) {
      return tests; // a test JVM that was killed leaves half a report
    }
  }

  private static void element(String module, XMLStreamReader xml, List<Timed> tests)
      throws XMLStreamException {
    if (xml.getLocalName().equals("testcase")) {
      String type = attribute(xml, "classname");
      String name = type.substring(type.lastIndexOf('.') + 1) + "." + attribute(xml, "name");
      tests.add(new Timed(module, name, seconds(attribute(xml, "time")), ""));
    } else if (xml.getLocalName().equals("skipped") && !tests.isEmpty()) {
      Timed last = tests.remove(tests.size() - 1);
      String reason = attribute(xml, "message");
      if (reason.isEmpty()) {
        // an assumption that failed stands in the text, behind the name of its exception
        String text = xml.getElementText().strip().lines().findFirst().orElse("");
        reason = text.substring(text.startsWith("org.opentest4j") ? text.indexOf(' ') + 1 : 0);
      }
      tests.add(
          new Timed(
              last.module(), last.name(), last.seconds(), reason.isEmpty() ? "no reason" : reason));
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  /** Surefire writes thousands with commas. */
  private static double seconds(String time) {
    try {
      return Double.parseDouble(time.replace(",", ""));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
