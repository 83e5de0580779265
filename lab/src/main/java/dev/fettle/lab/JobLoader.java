package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the code under test for one job: changed classes first, then the project's directories,
 * then libraries from the parent, which all jobs share.
 */
final class JobLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Application application;
  private final @Nullable Probing probing;
  private final Map<String, byte[]> overlay = new HashMap<>();
  private final Set<String> packages = new HashSet<>();
  private final Set<String> recompiled;

  JobLoader(Application application, Message.Run run, @Nullable Coverage coverage) {
    this(application, run.overlay(), run.recompiled(), coverage);
  }

  JobLoader(
      Application application,
      List<Message.ClassBytes> laidOver,
      List<String> recompiled,
      @Nullable Probing probing) {
    super(application.urls(), JobLoader.class.getClassLoader());
    this.application = application;
    this.probing = probing;
    this.recompiled = Set.copyOf(recompiled);
    for (Message.ClassBytes changed : laidOver) {
      overlay.put(changed.name(), changed.bytes());
      packages.add(Application.packageOf(changed.name()));
    }
  }

  /** Whether the class is the project's own, tests excluded. */
  boolean isMain(String className) {
    return application.isMain(className)
        || (overlay.containsKey(className) && recompiled.contains(Application.topLevel(className)));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!application.mayHold(name) && !packages.contains(Application.packageOf(name))) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        Optional<Class<?>> own = define(name);
        if (own.isEmpty()) {
          return super.loadClass(name, resolve);
        }
        loaded = own.get();
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return define(name).orElseThrow(() -> new ClassNotFoundException(name));
  }

  private Optional<Class<?>> define(String name) throws ClassNotFoundException {
    byte[] changed = overlay.get(name);
    if (changed == null && recompiled.contains(Application.topLevel(name))) {
      return Optional.empty();
    }
    try {
      Optional<Application.Found> found = application.find(name);
      if (changed == null && found.isEmpty()) {
        return Optional.empty();
      }
      byte[] bytes = changed != null ? changed : found.orElseThrow().bytes();
      if (probing != null && found.isPresent() && found.get().main()) {
        bytes = probing.instrument(bytes);
      }
      URL origin = found.map(f -> Application.url(f.directory())).orElseGet(() -> getURLs()[0]);
      CodeSource source = new CodeSource(origin, (Certificate[]) null);
      ProtectionDomain domain = new ProtectionDomain(source, null, this, null);
      return Optional.of(defineClass(name, bytes, 0, bytes.length, domain));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    all.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(all);
  }
}
