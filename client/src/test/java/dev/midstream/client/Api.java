package dev.midstream.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What users can see of some classes, and of all classes of ours that these lead to: a text in
 * which every change of it is a change.
 */
final class Api {

    private static final Set<String> EVERYBODYS = Set.of("equals", "hashCode", "toString");

    private final String home;
    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private Api(String home) {
        this.home = home;
    }

    /**
     * Everything public in the package of this class and below it, and what that leads to.
     *
     * @param home what the names of all types begin with that are to be told
     */
    static String of(Class<?> root, String home) {
        Api api = new Api(home);
        api.classesBeside(root).forEach(api::add);
        while (!api.open.isEmpty()) {
            api.lead(api.open.remove());
        }
        return api.types.values().stream().map(Api::text).collect(Collectors.joining("\n"));
    }

    private List<Class<?>> classesBeside(Class<?> root) {
        String folder = root.getPackageName().replace('.', '/');
        try {
            URI home = root.getProtectionDomain().getCodeSource().getLocation().toURI();
            if (Files.isDirectory(Path.of(home))) {
                return classes(Path.of(home), folder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(home))) {
                return classes(jar.getPath("/"), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<?>> classes(Path home, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(folder))) {
            return files.map(file -> home.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .<Class<?>>map(name -> load(name.replace('/', '.')))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Api.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    // ------------------------------------------------------------------------- what leads to what

    private void add(Class<?> type) {
        boolean ours = type.getName().startsWith(home);
        if (ours && visible(type) && types.putIfAbsent(type.getName(), type) == null) {
            open.add(type);
        }
    }

    private static boolean visible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return shown(type.getModifiers()) && (outer == null || visible(outer));
    }

    private static boolean shown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void lead(Class<?> type) {
        Stream.of(type.getDeclaredClasses()).forEach(this::add);
        Stream.of(type.getGenericInterfaces()).forEach(this::mention);
        if (type.getGenericSuperclass() != null) {
            mention(type.getGenericSuperclass());
        }
        fields(type).forEach(field -> mention(field.getGenericType()));
        methods(type).forEach(method -> mention(method.getGenericReturnType()));
        Stream.concat(methods(type), constructors(type))
                .flatMap(member -> Stream.of(member.getGenericParameterTypes()))
                .forEach(this::mention);
    }

    private void mention(Type type) {
        switch (type) {
            case Class<?> c -> add(c.isArray() ? c.getComponentType() : c);
            case ParameterizedType p -> {
                mention(p.getRawType());
                Stream.of(p.getActualTypeArguments()).forEach(this::mention);
            }
            case GenericArrayType a -> mention(a.getGenericComponentType());
            case WildcardType w -> Stream.of(w.getUpperBounds()).forEach(this::mention);
            case TypeVariable<?> variable -> {}
            default -> throw new IllegalStateException(type.getTypeName());
        }
    }

    // ------------------------------------------------------------------------------------ in words

    private static String text(Class<?> type) {
        List<String> lines = new ArrayList<>();
        fields(type).forEach(f -> lines.add(modifiers(f.getModifiers()) + field(f)));
        constructors(type)
                .forEach(c -> lines.add(modifiers(c.getModifiers()) + "new" + parameters(c)));
        methods(type)
                .forEach(
                        m ->
                                lines.add(
                                        modifiers(m.getModifiers() & ~Modifier.ABSTRACT)
                                                + (m.isDefault() ? "default " : "")
                                                + name(m.getAnnotatedReturnType())
                                                + " "
                                                + m.getName()
                                                + parameters(m)));
        lines.sort(Comparator.naturalOrder());
        return lines.stream()
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining("", head(type) + "\n", ""));
    }

    private static String head(Class<?> type) {
        String kind =
                type.isRecord()
                        ? "record"
                        : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        int modifiers =
                type.getModifiers()
                        & ~(Modifier.INTERFACE | Modifier.STATIC)
                        & ~(type.isInterface() ? Modifier.ABSTRACT : 0);
        String supertypes =
                Stream.concat(
                                Stream.ofNullable(parent(type)),
                                Stream.of(type.getGenericInterfaces()))
                        .map(Api::name)
                        .collect(Collectors.joining(", "));
        return modifiers(modifiers)
                + (type.isSealed() ? "sealed " : "")
                + kind
                + " "
                + type.getName()
                + (supertypes.isEmpty() ? "" : " : " + supertypes);
    }

    private static Type parent(Class<?> type) {
        Type parent = type.getGenericSuperclass();
        boolean usual = type.isRecord() || type.isEnum() || parent == Object.class;
        return usual ? null : parent;
    }

    private static String field(Field field) {
        return name(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String parameters(Executable member) {
        return Arrays.stream(member.getAnnotatedParameterTypes())
                .map(Api::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(AnnotatedType type) {
        return name(type.getType()) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.(lang|util)\\.(?=[A-Z])", "");
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & ~Modifier.TRANSIENT & ~Modifier.VOLATILE);
        return text.replaceFirst("^public ?", "").replace("synchronized ", "").strip()
                + (text.replaceFirst("^public ?", "").isBlank() ? "" : " ");
    }

    private static Stream<Field> fields(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(f -> shown(f.getModifiers()) && !f.isSynthetic());
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(m -> shown(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> !EVERYBODYS.contains(m.getName()));
    }

    private static Stream<Constructor<?>> constructors(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .filter(c -> shown(c.getModifiers()) && !c.isSynthetic());
    }
}
