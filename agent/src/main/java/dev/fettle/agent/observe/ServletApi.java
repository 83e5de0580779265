package dev.fettle.agent.observe;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.wire.Exchange;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests and responses through the servlet interfaces that their own class loaders see,
 * {@code jakarta} or {@code javax}. Thread-safe.
 */
final class ServletApi {
  private static final String METHOD = "getMethod";
  private static final MethodType TEXT = MethodType.methodType(String.class);

  private record Request(
      MethodHandle method, MethodHandle path, MethodHandle query, MethodHandle header) {}

  private static final class Requests extends ClassValue<@Nullable Request> {
    @Override
    protected @Nullable Request computeValue(Class<?> type) {
      Class<?> api = find(type, "servlet.http.HttpServletRequest");
      if (api == null) {
        return null;
      }
      MethodType header = MethodType.methodType(String.class, String.class);
      return new Request(
          handle(api, METHOD, TEXT),
          handle(api, "getRequestURI", TEXT),
          handle(api, "getQueryString", TEXT),
          handle(api, "getHeader", header));
    }
  }

  private static final class Responses extends ClassValue<@Nullable MethodHandle> {
    @Override
    protected @Nullable MethodHandle computeValue(Class<?> type) {
      Class<?> api = find(type, "servlet.http.HttpServletResponse");
      return api == null ? null : handle(api, "getStatus", MethodType.methodType(int.class));
    }
  }

  private final Requests requests = new Requests();
  private final Responses responses = new Responses();
  private final Redactor redactor;

  ServletApi(Redactor redactor) {
    this.redactor = redactor;
  }

  private static @Nullable Class<?> find(Class<?> type, String api) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> each : at.getInterfaces()) {
        String name = each.getName(); // perhaps packed under another package
        if (name.endsWith("jakarta." + api) || name.endsWith("javax." + api)) {
          return each;
        }
        Class<?> inherited = find(each, api);
        if (inherited != null) {
          return inherited;
        }
      }
    }
    return null;
  }

  private static MethodHandle handle(Class<?> api, String name, MethodType type) {
    try {
      MethodHandle found = MethodHandles.publicLookup().findVirtual(api, name, type);
      return found.asType(found.type().changeParameterType(0, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not the servlet API: " + api, e);
    }
  }

  /** 0 when it cannot be told. */
  int status(Object response) {
    MethodHandle status = responses.get(response.getClass());
    try {
      return status == null ? 0 : (int) status.invokeExact(response);
    } catch (Throwable firebreak) {
      // the container's own failure, not for us to pass on
      return 0;
    }
  }

  /** The request without its status, redacted; null when it is not one that we can read. */
  @Nullable Exchange exchange(Object request) {
    Request api = requests.get(request.getClass());
    if (api == null) {
      return null;
    }
    try {
      String method = (String) api.method.invokeExact(request);
      String path = (String) api.path.invokeExact(request);
      String query = (String) api.query.invokeExact(request);
      Map<String, String> headers = new LinkedHashMap<>();
      for (String name : Redactor.sentHeaders()) {
        String value = (String) api.header.invokeExact(request, name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      return new Exchange(
          method == null ? "" : method,
          redactor.path(path == null ? "" : path),
          query == null ? null : redactor.query(query),
          redactor.headers(headers),
          0);
    } catch (Throwable firebreak) {
      return null;
    }
  }
}
