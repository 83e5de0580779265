package dev.fettle.source.reproduce;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.connect.VMStartException;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.ExceptionEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.ExceptionRequest;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Variable;
import dev.fettle.testkit.TinyProject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs a program in a child JVM and captures the exception that ends it, with the locals and
 * receivers of all application frames at the throw, through the Java Debug Interface: the same
 * facts that an agent reads, from another source.
 */
final class GenuineFailure {
  private GenuineFailure() {}

  /** Runs {@code main}, which lies in the test sources and so is not the application's. */
  static CapturedException of(TinyProject project, String main) {
    ProjectModel.Module module = project.model().modules().get(0);
    List<Path> path = new ArrayList<>(List.of(module.mainOutput(), module.testOutput()));
    path.addAll(module.testClasspath());
    VirtualMachine vm = null;
    try {
      vm = launch(main, path);
      return capture(vm, module.mainOutput());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException
        | IllegalConnectorArgumentsException
        | VMStartException
        | IncompatibleThreadStateException
        | AbsentInformationException e) {
      throw new AssertionError(e);
    } finally {
      if (vm != null) {
        vm.process().destroyForcibly();
      }
    }
  }

  private static VirtualMachine launch(String main, List<Path> path)
      throws IOException, IllegalConnectorArgumentsException, VMStartException {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    String joined =
        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    arguments.get("main").setValue(main);
    arguments
        .get("options")
        .setValue("-XX:TieredStopAtLevel=1 -Xshare:auto -cp \"" + joined + "\"");
    return connector.launch(arguments);
  }

  private static CapturedException capture(VirtualMachine vm, Path application)
      throws InterruptedException, IncompatibleThreadStateException, AbsentInformationException {
    ExceptionRequest request = vm.eventRequestManager().createExceptionRequest(null, false, true);
    request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
    request.enable();
    while (true) {
      EventSet events = vm.eventQueue().remove(20_000);
      if (events == null) {
        throw new AssertionError("the program did not end");
      }
      for (Event event : events) {
        if (event instanceof ExceptionEvent thrown) {
          return new Snapshot(thrown.thread(), application).of(thrown.exception());
        }
        if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
          throw new AssertionError("the program threw nothing");
        }
      }
      events.resume();
    }
  }

  /** Reads frames first and values afterwards: calling into the program invalidates frames. */
  private record Snapshot(ThreadReference thread, Path application) {

    private record Held(
        String type,
        String method,
        String descriptor,
        int line,
        ObjectReference self,
        List<LocalVariable> names,
        List<Value> values) {}

    CapturedException of(ObjectReference thrown)
        throws IncompatibleThreadStateException, AbsentInformationException {
      List<Held> held = new ArrayList<>();
      for (StackFrame f : thread.frames()) {
        boolean own = own(f.location().declaringType().name());
        List<LocalVariable> names =
            own && !f.location().method().isNative() ? f.visibleVariables() : List.of();
        List<Value> values = new ArrayList<>();
        for (LocalVariable v : names) {
          values.add(f.getValue(v));
        }
        held.add(
            new Held(
                f.location().declaringType().name(),
                f.location().method().name(),
                f.location().method().signature(),
                f.location().lineNumber(),
                own ? f.thisObject() : null,
                names,
                values));
      }
      JdiValues values = new JdiValues(thread);
      List<CapturedFrame> frames = new ArrayList<>();
      for (Held h : held) {
        frames.add(frame(h, values));
      }
      return exception(thrown, frames, values);
    }

    private CapturedFrame frame(Held h, JdiValues values) {
      List<Variable> locals = new ArrayList<>();
      for (int i = 0; i < h.names().size(); i++) {
        LocalVariable v = h.names().get(i);
        CapturedValue value = values.read(h.values().get(i), v.typeName(), 0);
        locals.add(new Variable(v.name(), v.signature(), v.isArgument(), value));
      }
      locals.sort(java.util.Comparator.comparing(v -> !v.parameter()));
      String outer = h.type().substring(h.type().lastIndexOf('.') + 1).replaceAll("\\$.*", "");
      return new CapturedFrame(
          h.type(),
          h.method(),
          h.descriptor(),
          outer + ".java",
          h.line(),
          own(h.type()),
          h.self() == null ? null : values.read(h.self(), h.type(), 0),
          locals);
    }

    private CapturedException exception(
        ObjectReference thrown, List<CapturedFrame> frames, JdiValues values) {
      String message =
          values.call(thrown, "getMessage") instanceof StringReference s ? s.value() : null;
      CapturedException cause =
          values.call(thrown, "getCause") instanceof ObjectReference c
              ? exception(c, framesOf(c, frames, values), values)
              : null;
      return new CapturedException(thrown.referenceType().name(), message, frames, cause);
    }

    /** The trace of a cause, with the values of frames that are still there. */
    private List<CapturedFrame> framesOf(
        ObjectReference cause, List<CapturedFrame> held, JdiValues values) {
      List<CapturedFrame> frames = new ArrayList<>();
      for (Value element : values.elements(values.call(cause, "getStackTrace"))) {
        ObjectReference e = (ObjectReference) element;
        String type = ((StringReference) values.call(e, "getClassName")).value();
        String method = ((StringReference) values.call(e, "getMethodName")).value();
        int line = ((com.sun.jdi.IntegerValue) values.call(e, "getLineNumber")).value();
        frames.add(
            held.stream()
                .filter(f -> f.className().equals(type) && f.method().equals(method))
                .findFirst()
                .map(
                    f ->
                        new CapturedFrame(
                            type,
                            method,
                            f.descriptor(),
                            f.file(),
                            line,
                            f.application(),
                            f.receiver(),
                            f.locals()))
                .orElse(
                    new CapturedFrame(type, method, "", null, line, own(type), null, List.of())));
      }
      return frames;
    }

    private boolean own(String type) {
      return Files.exists(application.resolve(type.replace('.', '/') + ".class"));
    }
  }
}
