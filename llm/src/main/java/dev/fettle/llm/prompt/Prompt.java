package dev.fettle.llm.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one kind of question, from the resources {@code NAME-VERSION.system.txt} and {@code
 * NAME-VERSION.user.txt}. A change of words is a new version, so that answers stay comparable.
 * Immutable.
 *
 * @param id {@code name/version}, stored with every answer
 */
public record Prompt(String id, String system, String user) {
  private static final Pattern HOLE = Pattern.compile("\\$\\{(\\w+)}");

  /** The prompt of that name and version. */
  public static Prompt of(String name, int version) {
    String file = name + "-" + version;
    return new Prompt(
        name + "/" + version, resource(file + ".system.txt"), resource(file + ".user.txt"));
  }

  /**
   * The user's part with its holes filled; what is filled in is never looked at again.
   *
   * @throws IllegalArgumentException when a hole has no text
   */
  public String fill(Map<String, String> texts) {
    Matcher holes = HOLE.matcher(user);
    StringBuilder filled = new StringBuilder();
    while (holes.find()) {
      String text = texts.get(holes.group(1));
      if (text == null) {
        throw new IllegalArgumentException("nothing for ${" + holes.group(1) + "} of " + id);
      }
      holes.appendReplacement(filled, Matcher.quoteReplacement(text));
    }
    return holes.appendTail(filled).toString();
  }

  private static String resource(String name) {
    try (InputStream in = Prompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no prompt " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
