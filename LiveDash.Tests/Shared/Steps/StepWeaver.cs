using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace LiveDash.Tests.Shared.Steps;

/// <summary>
/// Makes code count its steps: each call of a method, each round of a loop, and of .NET's searches and comparisons of texts and spans as many as they looked at. What .NET does besides costs a call, or allocates, which is
/// measured as such. Stateless.
/// </summary>
internal static class StepWeaver
{
    private static readonly Dictionary<string, string> s_costs = new(StringComparer.Ordinal)
    {
        ["IndexOf"] = nameof(StepMeter.Found), ["IndexOfAny"] = nameof(StepMeter.Found), ["IndexOfAnyExcept"] = nameof(StepMeter.Found),
        ["IndexOfAnyInRange"] = nameof(StepMeter.Found), ["IndexOfAnyExceptInRange"] = nameof(StepMeter.Found), ["LastIndexOf"] = nameof(StepMeter.FoundLast),
        ["Contains"] = nameof(StepMeter.Missing), ["ContainsAny"] = nameof(StepMeter.Missing), ["SequenceEqual"] = nameof(StepMeter.Same), ["IsValid"] = nameof(StepMeter.Same),
        ["GetHashCode"] = nameof(StepMeter.Whole), ["Count"] = nameof(StepMeter.Whole), ["CopyTo"] = nameof(StepMeter.Over),
    };

    /// <summary>Weaves the counting into every method of a module.</summary>
    public static void Weave(ModuleDefinition module)
    {
        var step = module.ImportReference(typeof(StepMeter).GetMethod(nameof(StepMeter.Step)));
        foreach (var method in module.GetTypes().SelectMany(static type => type.Methods).Where(static method => method.HasBody))
        {
            var body = method.Body;
            body.SimplifyMacros();
            var heads = Heads(body);
            foreach (var call in body.Instructions.Where(IsCosted).ToList()) Charge(module, body, call);
            foreach (var head in heads) Before(body, head, Instruction.Create(OpCodes.Call, step));
            body.OptimizeMacros();
        }
    }

    // Where loops go back to, and the beginning.
    private static HashSet<Instruction> Heads(MethodBody body)
    {
        var heads = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target && target.Offset <= instruction.Offset) heads.Add(target);
            else if (instruction.Operand is Instruction[] targets) heads.UnionWith(targets.Where(one => one.Offset <= instruction.Offset));
        }

        return heads;
    }

    private static bool IsCosted(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt && instruction.Operand is MethodReference method && instruction.Previous?.OpCode.OpCodeType != OpCodeType.Prefix
        && s_costs.ContainsKey(method.Name) && TextOf(method) is not null;

    // What is looked at: the text or span itself, or the first argument.
    private static TypeReference? TextOf(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType().FullName;
        if (method.HasThis) return type is "System.String" && method.Name != "GetHashCode" && method.Name != "CopyTo" ? method.DeclaringType : method.Name == "CopyTo" && IsSpan(type) ? method.DeclaringType : null;
        if (type is not ("System.MemoryExtensions" or "System.String" or "System.Text.Unicode.Utf8") || method.Parameters.Count == 0) return null;
        var first = Closed(method.Parameters[0].ParameterType, method);
        return first.FullName == "System.String" || IsSpan(first.GetElementType().FullName) ? first : null;
    }

    private static bool IsSpan(string type) => type is "System.ReadOnlySpan`1" or "System.Span`1";

    // The arguments are put aside, the length is taken, and the call is made; its answer says how far it looked.
    private static void Charge(ModuleDefinition module, MethodBody body, Instruction call)
    {
        var method = (MethodReference)call.Operand;
        var text = TextOf(method)!;
        var isStruct = method.HasThis && IsSpan(text.GetElementType().FullName);
        List<TypeReference> types = [.. method.Parameters.Select(one => Closed(one.ParameterType, method))];
        if (method.HasThis) types.Insert(0, isStruct ? new ByReferenceType(text) : text);
        var places = types.ConvertAll(static type => new VariableDefinition(type));
        foreach (var place in places) body.Variables.Add(place);
        var length = new VariableDefinition(module.TypeSystem.Int32);
        body.Variables.Add(length);
        var lengthOf = new MethodReference("get_Length", module.TypeSystem.Int32, text) { HasThis = true };
        List<Instruction> before = [.. Enumerable.Reverse(places).Select(static place => Instruction.Create(OpCodes.Stloc, place))];
        var isSpan = IsSpan(text.GetElementType().FullName);
        before.Add(Instruction.Create(isSpan && !isStruct ? OpCodes.Ldloca : OpCodes.Ldloc, places[0]));
        before.Add(Instruction.Create(isSpan ? OpCodes.Call : OpCodes.Callvirt, lengthOf));
        before.Add(Instruction.Create(OpCodes.Stloc, length));
        before.AddRange(places.Select(static place => Instruction.Create(OpCodes.Ldloc, place)));
        var last = Before(body, call, [.. before]);
        // What is found from a place on is told from the beginning all the same.
        var hasStart = method.HasThis && !isStruct && method.Parameters.Count > 1 && method.Parameters[1].ParameterType.FullName == "System.Int32";
        var cost = module.ImportReference(typeof(StepMeter).GetMethod(s_costs[method.Name] + (hasStart ? "From" : "")));
        var il = body.GetILProcessor();
        il.InsertAfter(last, Instruction.Create(OpCodes.Call, cost));
        if (hasStart) il.InsertAfter(last, Instruction.Create(OpCodes.Ldloc, places[2]));
        il.InsertAfter(last, Instruction.Create(OpCodes.Ldloc, length));
    }

    // In its place, so that whoever jumps there passes what stands before it; the instruction itself moves behind, and is returned.
    private static Instruction Before(MethodBody body, Instruction at, params IReadOnlyList<Instruction> added)
    {
        var moved = Instruction.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (at.OpCode, at.Operand);
        (at.OpCode, at.Operand) = (added[0].OpCode, added[0].Operand);
        var il = body.GetILProcessor();
        var last = at;
        foreach (var one in added.Skip(1).Append(moved).ToList())
        {
            il.InsertAfter(last, one);
            last = one;
        }

        return moved;
    }

    private static TypeReference Closed(TypeReference type, MethodReference method) => type switch
    {
        GenericParameter { Type: GenericParameterType.Method } parameter when method is GenericInstanceMethod generic => generic.GenericArguments[parameter.Position],
        GenericParameter { Type: GenericParameterType.Type } parameter when method.DeclaringType is GenericInstanceType generic => generic.GenericArguments[parameter.Position],
        GenericInstanceType generic => ClosedGeneric(generic, method),
        ByReferenceType reference => new ByReferenceType(Closed(reference.ElementType, method)),
        ArrayType array => new ArrayType(Closed(array.ElementType, method), array.Rank),
        RequiredModifierType modified => Closed(modified.ElementType, method),
        _ => type,
    };

    private static GenericInstanceType ClosedGeneric(GenericInstanceType type, MethodReference method)
    {
        var closed = new GenericInstanceType(type.ElementType);
        foreach (var argument in type.GenericArguments) closed.GenericArguments.Add(Closed(argument, method));
        return closed;
    }
}
