package dev.fettle.sandbox.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What Surefire's XML reports say. The reports were written by code under test: no DTD, no
 * entities, no links, bounded in number and size.
 *
 * @param run test methods that passed or failed
 * @param failed {@code class#method}
 * @param passed {@code class#method}
 * @param skipped {@code class#method}
 */
record SurefireReports(int run, List<String> failed, List<String> passed, List<String> skipped) {
  private static final int FILES = 20_000;
  private static final long BYTES = 32 << 20;

  SurefireReports {
    failed = List.copyOf(failed);
    passed = List.copyOf(passed);
    skipped = List.copyOf(skipped);
  }

  static SurefireReports below(Path directory) throws IOException {
    List<Path> reports;
    try (Stream<Path> files = Files.walk(directory)) {
      reports =
          files
              .filter(f -> f.toString().matches(".*/surefire-reports/TEST-[^/]*\\.xml"))
              .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
              .limit(FILES)
              .toList();
    }
    Verdicts verdicts = new Verdicts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Path report : reports) {
      read(report, verdicts);
    }
    return new SurefireReports(
        verdicts.failed().size() + verdicts.passed().size(),
        verdicts.failed(),
        verdicts.passed(),
        verdicts.skipped());
  }

  private record Verdicts(List<String> failed, List<String> passed, List<String> skipped) {}

  private static void read(Path report, Verdicts verdicts) throws IOException {
    if (Files.size(report) > BYTES) {
      throw new IOException("a test report of more than " + BYTES + " bytes: " + report);
    }
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      String test = "";
      List<String> into = verdicts.passed();
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              test = name(xml);
              into = verdicts.passed();
            }
            case "failure", "error" -> into = verdicts.failed();
            case "skipped" -> into = verdicts.skipped();
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          into.add(test);
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("a test report that is not plain XML: " + report, e);
    }
  }

  private static String name(XMLStreamReader xml) {
    return xml.getAttributeValue(null, "classname") + "#" + xml.getAttributeValue(null, "name");
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
