using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace PushNet.Tests;

/// <summary>
/// Finds what the types of an assembly name in their compiled code, including lambdas, iterators and asynchronous methods,
/// which the compiler turns into types of their own.
/// </summary>
internal static class FolderRule
{
    /// <summary>The types of a folder that name a type of another, or of the root, as "type -> type".</summary>
    /// <param name="module">The compiled assembly.</param>
    /// <param name="folder">The namespace of the folder; namespaces below it belong to it.</param>
    /// <param name="others">The namespaces that it must not name.</param>
    public static IReadOnlyList<string> Breaches(ModuleDefinition module, string folder, IReadOnlyCollection<string> others)
    {
        var root = module.Assembly.Name.Name;
        return
        [
            .. from type in module.Types
               where IsIn(type, folder)
               from named in WithNested(type).SelectMany(NamedBy).Distinct()
               where named.Namespace == root || others.Any(other => IsIn(named, other))
               select $"{type.FullName} -> {named.FullName}",
        ];
    }

    private static bool IsIn(TypeDefinition type, string folder) =>
        type.Namespace == folder || type.Namespace.StartsWith($"{folder}.", StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    // The types of the same assembly, as the outermost type that declares them.
    private static IEnumerable<TypeDefinition> NamedBy(TypeDefinition type) =>
        from reference in ReferencesOf(type)
        from part in PartsOf(reference)
        where part.Scope == type.Module
        let outermost = Outermost(part.Resolve())
        where outermost is not null
        select outermost;

    private static TypeDefinition? Outermost(TypeDefinition? type) => type?.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> PartsOf(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(PartsOf).Append(generic.ElementType),
        TypeSpecification specification => PartsOf(specification.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference?> ReferencesOf(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.CustomAttributes.Concat(type.Methods.SelectMany(method => method.CustomAttributes)).Select(one => one.AttributeType),
        .. type.GenericParameters.SelectMany(one => one.Constraints).Select(one => one.ConstraintType),
        .. type.Methods.SelectMany(method => method.Parameters.Select(one => one.ParameterType).Append(method.ReturnType)),
        .. type.GetMethods().Concat(type.GetConstructors()).Where(method => method.HasBody).SelectMany(ReferencesIn),
    ];

    private static IEnumerable<TypeReference?> ReferencesIn(MethodDefinition method) =>
    [
        .. method.Body.Variables.Select(one => one.VariableType),
        .. method.Body.ExceptionHandlers.Select(one => one.CatchType),
        .. method.Body.Instructions.SelectMany(one => one.Operand switch
        {
            TypeReference type => [type],
            MethodReference called =>
            [
                called.DeclaringType,
                called.ReturnType,
                .. called is GenericInstanceMethod generic ? generic.GenericArguments.AsEnumerable() : [],
            ],
            MemberReference member => (IEnumerable<TypeReference?>)[member.DeclaringType],
            _ => [],
        }),
    ];
}
