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
 */
record SurefireReports(int run, List<String> failed) {
  private static final int FILES = 20_000;
  private static final long BYTES = 32 << 20;

  SurefireReports {
    failed = List.copyOf(failed);
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
    int run = 0;
    List<String> failed = new ArrayList<>();
    for (Path report : reports) {
      run += read(report, failed);
    }
    return new SurefireReports(run, failed);
  }

  private static int read(Path report, List<String> failed) throws IOException {
    if (Files.size(report) > BYTES) {
      throw new IOException("a test report of more than " + BYTES + " bytes: " + report);
    }
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      int run = 0;
      String test = "";
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "testcase" -> {
            test =
                xml.getAttributeValue(null, "classname")
                    + "#"
                    + xml.getAttributeValue(null, "name");
            run++;
          }
          case "failure", "error" -> failed.add(test);
          case "skipped" -> run--;
          default -> {}
        }
      }
      return run;
    } catch (XMLStreamException e) {
      throw new IOException("a test report that is not plain XML: " + report, e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
