package dev.fettle.templates.parsing;

import com.sun.source.tree.ExpressionTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes off what stops an otherwise good text from parsing: blanks, separators, letter case. */
final class StripBeforeParse implements RepairTemplate {
  private static final Pattern INPUT =
      Pattern.compile(
          "(?s)(?:For input string: \"|Text '|No enum constant [\\w.$]+\\.)(.*?)(?:\"|'|$)");

  @Override
  public Set<FaultClass> handles() {
    return ParseCall.FAULTS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> ParseCall.in(site).forEach(p -> strip(p, input, all)));
    return all.stream();
  }

  private static void strip(ParseCall p, TemplateInput input, Proposals all) {
    Site site = p.site();
    ExpressionTree text = p.text();
    String source = site.source(text);
    Matcher m = INPUT.matcher(input.message());
    if (!m.find() || !site.typeOf(text).text()) {
      return;
    }
    String seen = m.group(1);
    String receiver = text instanceof com.sun.source.tree.BinaryTree ? "(" + source + ")" : source;
    if (!seen.equals(seen.strip()) && !seen.isBlank()) {
      add(site, text, receiver + ".strip()", "Blanks around the text do not matter", all);
    }
    boolean number = p.exception().equals("java.lang.NumberFormatException");
    String bare = seen.strip();
    if (number && bare.matches("-?\\d{1,3}(,\\d{3})+(\\.\\d+)?")) {
      add(
          site,
          text,
          receiver + ".replace(\",\", \"\")",
          "Separators of thousands do not matter",
          all);
    }
    if (number && bare.matches("[$€£]\\s*-?[\\d.]+")) {
      add(
          site,
          text,
          receiver + ".replaceAll(\"[^\\\\d.-]\", \"\")",
          "The sign of a currency does not matter",
          all);
    }
    boolean constant = p.exception().equals("java.lang.IllegalArgumentException");
    if (constant && !seen.equals(seen.toUpperCase(Locale.ROOT)) && known(seen, p, input)) {
      String locale = site.file().nameOf("java.util.Locale").orElse("java.util.Locale");
      add(
          site,
          text,
          receiver
              + (seen.equals(seen.strip()) ? "" : ".strip()")
              + ".toUpperCase("
              + locale
              + ".ROOT)",
          "The case of letters does not matter",
          all);
    }
    if (p.exception().startsWith("java.time.")
        && site.typeOf(p.call()).simple().equals("LocalDate")
        && bare.matches("\\d{4}-\\d{2}-\\d{2}[T ].+")) {
      add(site, text, receiver + ".substring(0, 10)", "A date may come with a time of day", all);
    }
  }

  /** Whether the constant exists in upper case. */
  private static boolean known(String seen, ParseCall p, TemplateInput input) {
    return input
        .declarations()
        .type(p.site().typeOf(p.call()))
        .filter(d -> d.constants().contains(seen.strip().toUpperCase(Locale.ROOT)))
        .isPresent();
  }

  private static void add(
      Site site, ExpressionTree text, String cleaned, String rationale, Proposals all) {
    all.add(site.edits().replace(text, cleaned), rationale, 0.94);
  }
}
