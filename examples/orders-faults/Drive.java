import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sends the requests of every fault to a running service and compares the last answer with what is expected. */
public class Drive {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: java Drive.java FAULTS_JSON BASE_URL");
      System.exit(2);
    }
    List<?> faults = (List<?>) object(Json.parse(Files.readString(Path.of(args[0])))).get("faults");
    int matching = 0;
    int serverErrors = 0;
    for (Object entry : faults) {
      Map<?, ?> fault = object(entry);
      HttpResponse<String> last = null;
      for (Object request : (List<?>) fault.get("requests")) {
        last = send(args[1], object(request));
      }
      boolean matches = matches(object(fault.get("expect")), last);
      matching += matches ? 1 : 0;
      serverErrors += last.statusCode() == 500 ? 1 : 0;
      System.out.printf(
          "%-26s %d  %-8s %s%n", fault.get("id"), last.statusCode(), matches ? "matches" : "differs", last.body());
    }
    System.out.printf("%d faults: %d answer 500, %d match%n", faults.size(), serverErrors, matching);
    System.exit(matching == faults.size() ? 0 : 1);
  }

  private static HttpResponse<String> send(String baseUrl, Map<?, ?> request) throws Exception {
    Object body = request.get("body");
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : Json.write(body));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(baseUrl + request.get("path")))
            .timeout(Duration.ofSeconds(20))
            .method((String) request.get("method"), publisher);
    if (request.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, value) -> builder.header((String) name, (String) value));
    }
    return CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static boolean matches(Map<?, ?> expect, HttpResponse<String> answer) {
    if (((Number) expect.get("status")).intValue() != answer.statusCode()) {
      return false;
    }
    if (!expect.containsKey("body")) {
      return true;
    }
    Object wanted = expect.get("body");
    Object given = jsonOrText(answer.body());
    return contains(wanted instanceof String text ? jsonOrText(text) : wanted, given);
  }

  /** Every member that {@code wanted} names is equal in {@code given}; arrays are equal in length and order. */
  private static boolean contains(Object wanted, Object given) {
    if (wanted instanceof Map<?, ?> members) {
      return given instanceof Map<?, ?> found
          && members.entrySet().stream()
              .allMatch(m -> found.containsKey(m.getKey()) && contains(m.getValue(), found.get(m.getKey())));
    }
    if (wanted instanceof List<?> elements) {
      if (!(given instanceof List<?> found) || found.size() != elements.size()) {
        return false;
      }
      for (int i = 0; i < elements.size(); i++) {
        if (!contains(elements.get(i), found.get(i))) {
          return false;
        }
      }
      return true;
    }
    return Objects.equals(wanted, given);
  }

  private static Object jsonOrText(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Map<?, ?> object(Object value) {
    return (Map<?, ?>) value;
  }

  /** The little JSON that the manifest and the answers need. */
  static final class Json {
    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    static Object parse(String text) {
      Json json = new Json(text);
      Object value = json.value();
      json.skipSpace();
      if (json.at != text.length()) {
        throw json.unexpected();
      }
      return value;
    }

    private Object value() {
      skipSpace();
      return switch (peek()) {
        case '{' -> members();
        case '[' -> elements();
        case '"' -> string();
        default -> literal();
      };
    }

    private Map<String, Object> members() {
      Map<String, Object> members = new LinkedHashMap<>();
      at++;
      skipSpace();
      while (peek() != '}') {
        String name = string();
        skipSpace();
        expect(':');
        members.put(name, value());
        skipSpace();
        if (peek() != '}') {
          expect(',');
          skipSpace();
        }
      }
      at++;
      return members;
    }

    private List<Object> elements() {
      List<Object> elements = new ArrayList<>();
      at++;
      skipSpace();
      while (peek() != ']') {
        elements.add(value());
        skipSpace();
        if (peek() != ']') {
          expect(',');
        }
      }
      at++;
      return elements;
    }

    private String string() {
      expect('"');
      StringBuilder out = new StringBuilder();
      while (peek() != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escaped() : c);
      }
      at++;
      return out.toString();
    }

    private char escaped() {
      char c = text.charAt(at++);
      if (c == 'u') {
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      int known = "nrtbf".indexOf(c);
      return known < 0 ? c : "\n\r\t\b\f".charAt(known);
    }

    private Object literal() {
      int start = at;
      while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
          || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      String word = text.substring(start, at);
      return switch (word) {
        case "true" -> true;
        case "false" -> false;
        case "null" -> null;
        default -> Double.valueOf(word);
      };
    }

    private char peek() {
      if (at >= text.length()) {
        throw unexpected();
      }
      return text.charAt(at);
    }

    private void expect(char c) {
      if (peek() != c) {
        throw unexpected();
      }
      at++;
    }

    private void skipSpace() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private IllegalArgumentException unexpected() {
      return new IllegalArgumentException("not JSON at " + at);
    }

    static String write(Object value) {
      if (value instanceof Map<?, ?> members) {
        List<String> parts = new ArrayList<>();
        members.forEach((name, member) -> parts.add(write(name) + ":" + write(member)));
        return "{" + String.join(",", parts) + "}";
      }
      if (value instanceof List<?> elements) {
        return "[" + String.join(",", elements.stream().map(Json::write).toList()) + "]";
      }
      if (value instanceof Double number && number == Math.rint(number)) {
        return String.valueOf(number.longValue());
      }
      if (value instanceof String string) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : string.toCharArray()) {
          out.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
        }
        return out.append('"').toString();
      }
      return String.valueOf(value);
    }
  }
}
