package dev.fettle.agent.weave;

import java.util.List;
import java.util.Set;

/**
 * Places where a program catches everything so that something keeps running: a broad catch there
 * was not written for the failure at hand. Known by simple names, because the libraries differ.
 */
final class Boundaries {
  private static final Set<String> TYPES =
      Set.of(
          "Filter",
          "HttpFilter",
          "OncePerRequestFilter",
          "GenericFilterBean",
          "WebFilter",
          "HandlerInterceptor",
          "AsyncHandlerInterceptor",
          "ClientHttpRequestInterceptor",
          "MethodInterceptor",
          "HandlerExceptionResolver",
          "ResponseEntityExceptionHandler",
          "ErrorHandler",
          "UncaughtExceptionHandler");

  private static final Set<String> ANNOTATIONS =
      Set.of(
          "Aspect",
          "ControllerAdvice",
          "RestControllerAdvice",
          "ExceptionHandler",
          "Around",
          "Scheduled",
          "Schedules",
          "Async",
          "EventListener",
          "TransactionalEventListener",
          "KafkaListener",
          "RabbitListener",
          "JmsListener",
          "SqsListener");

  private Boundaries() {}

  static boolean isBoundaryType(String internalName) {
    return TYPES.contains(simpleName(internalName));
  }

  static boolean isBoundaryAnnotation(String descriptor) {
    return ANNOTATIONS.contains(simpleName(descriptor.substring(1, descriptor.length() - 1)));
  }

  static boolean isTaskBody(String method, String descriptor, List<String> supertypes) {
    return switch (method) {
      case "main" -> descriptor.equals("([Ljava/lang/String;)V");
      case "run" ->
          descriptor.equals("()V")
              && (supertypes.contains("java/lang/Runnable")
                  || supertypes.contains("java/lang/Thread")
                  || supertypes.contains("java/util/TimerTask"));
      case "call" -> supertypes.contains("java/util/concurrent/Callable");
      default -> false;
    };
  }

  private static String simpleName(String internalName) {
    int cut = Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$'));
    return internalName.substring(cut + 1);
  }
}
