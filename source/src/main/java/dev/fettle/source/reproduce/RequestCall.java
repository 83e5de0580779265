package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Sends the captured request to a controller through Spring's MockMvc, without a context. */
final class RequestCall {
  private static final String SETUP = "org/springframework/test/web/servlet/setup/MockMvcBuilders";
  private static final String BUILDERS =
      "org/springframework/test/web/servlet/request/MockMvcRequestBuilders";
  private static final Set<String> HEADERS = Set.of("accept", "content-type", "accept-language");

  private final ClassPool classes;
  private final Failure failure;
  private final Request request;

  RequestCall(ClassPool classes, Failure failure, Request request) {
    this.classes = classes;
    this.failure = failure;
    this.request = request;
  }

  /** Whether the class is a controller and the project can send requests to it in a test. */
  static boolean possible(ClassNode owner, ClassPool classes) {
    List<AnnotationNode> all =
        owner.visibleAnnotations == null ? List.of() : owner.visibleAnnotations;
    return classes.has(SETUP)
        && all.stream()
            .anyMatch(
                a ->
                    a.desc.endsWith("/RestController;")
                        || a.desc.endsWith("/stereotype/Controller;"));
  }

  /** The expression that performs the request against {@code controller}. */
  String write(String controller, CapturedFrame frame, MethodNode method, TestCode code) {
    JavaType mvc = JavaType.of("org/springframework/test/web/servlet/MockMvc");
    MappedPath mapped =
        classes
            .find(Proxies.target(frame.className()).replace('.', '/'))
            .map(owner -> MappedPath.of(request.path(), owner, method))
            .orElseGet(() -> new MappedPath(request.path(), Map.of()));
    StringBuilder setup = new StringBuilder(code.name(SETUP) + ".standaloneSetup(" + controller);
    mapped
        .placeholders()
        .forEach(
            (name, value) ->
                setup
                    .append(").addPlaceholderValue(")
                    .append(JavaText.string(name))
                    .append(", ")
                    .append(JavaText.string(value)));
    String built = setup.append(").build()").toString();
    String variable = code.declare(mvc, "mvc", built);
    StringBuilder call = new StringBuilder(variable + ".perform(");
    call.append(code.name(BUILDERS))
        .append(".request(")
        .append(code.name("org/springframework/http/HttpMethod"))
        .append(".valueOf(")
        .append(JavaText.string(request.method()))
        .append("), ")
        .append(code.name("java/net/URI"))
        .append(".create(")
        .append(JavaText.string(target(mapped.path())))
        .append("))");
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                header(name, value, call);
              }
            });
    asked(frame, method)
        .forEach(
            (name, value) -> {
              if (!HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                header(name, value, call);
              }
            });
    body(frame, method).ifPresent(json -> content(json, call));
    code.note("The request is sent to the controller alone; filters and other advice do not run.");
    return call.append(")").toString();
  }

  private static void header(String name, String value, StringBuilder call) {
    call.append(".header(")
        .append(JavaText.string(name))
        .append(", ")
        .append(JavaText.string(value))
        .append(")");
  }

  /** The headers that the method takes as parameters, with what was captured of them. */
  private static Map<String, String> asked(CapturedFrame frame, MethodNode method) {
    Map<String, String> headers = new LinkedHashMap<>();
    List<AnnotationNode>[] annotations = method.visibleParameterAnnotations;
    List<Variable> parameters = frame.locals().stream().filter(Variable::parameter).toList();
    for (int i = 0; annotations != null && i < annotations.length && i < parameters.size(); i++) {
      for (AnnotationNode a : annotations[i] == null ? List.<AnnotationNode>of() : annotations[i]) {
        if (a.desc.endsWith("/RequestHeader;")) {
          String name = named(a).orElse(parameters.get(i).name());
          plain(parameters.get(i).value()).ifPresent(value -> headers.put(name, value));
        }
      }
    }
    return headers;
  }

  private static Optional<String> named(AnnotationNode a) {
    for (int i = 0; a.values != null && i + 1 < a.values.size(); i += 2) {
      if (List.of("value", "name").contains(a.values.get(i))) {
        return Optional.of(String.valueOf(a.values.get(i + 1))).filter(n -> !n.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> plain(CapturedValue value) {
    if (value instanceof CapturedValue.Text text) {
      return Optional.of(text.text());
    }
    if (value instanceof CapturedValue.EnumConstant constant) {
      return Optional.of(constant.name());
    }
    return value instanceof CapturedValue.Scalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private void content(String json, StringBuilder call) {
    boolean typed =
        request.headers().keySet().stream().anyMatch(h -> h.equalsIgnoreCase("content-type"));
    if (!typed) {
      call.append(".contentType(\"application/json\")");
    }
    call.append(".content(").append(JavaText.string(json)).append(")");
  }

  private String target(String path) {
    String query =
        request.query() == null || request.query().isEmpty() ? "" : "?" + request.query();
    return path + query;
  }

  private Optional<String> body(CapturedFrame frame, MethodNode method) {
    List<AnnotationNode>[] annotations = method.visibleParameterAnnotations;
    List<Variable> parameters = frame.locals().stream().filter(Variable::parameter).toList();
    for (int i = 0; annotations != null && i < annotations.length && i < parameters.size(); i++) {
      boolean isBody =
          annotations[i] != null
              && annotations[i].stream().anyMatch(a -> a.desc.endsWith("/RequestBody;"));
      if (isBody) {
        CapturedValue value = parameters.get(i).value();
        return Optional.of(
            value instanceof CapturedValue.Text text
                ? text.text()
                : new JsonBody(classes, failure.objects()).write(value));
      }
    }
    return Optional.empty();
  }
}
