namespace LiveDash.Core.Rules.Templates;

/// <summary>
/// What filling in one template may cost, whatever it says: ranges within ranges multiply, and a text that is set to itself twice over doubles. Past the bounds the template is one that cannot be filled in.
/// Used for one filling in, by one thread.
/// </summary>
internal sealed class TemplateWork
{
    /// <summary>How many steps there may be: a node, a name in scope, a character handed to a function is one each. Some milliseconds.</summary>
    public const int MaxSteps = 500_000;

    // An expression is read anew on each call.
    private const int StepsPerPatternCharacter = 20;

    private int _left = MaxSteps;

    /// <summary>Counts steps.</summary>
    /// <exception cref="TemplateException">There were too many.</exception>
    public void Step(long steps)
    {
        if ((_left -= (int)Math.Min(steps, MaxSteps)) < 0) throw new TemplateException($"it takes more than {MaxSteps:N0} steps");
    }

    /// <summary>Counts what a call costs, before it is made.</summary>
    /// <exception cref="TemplateException">It would cost too much, or make too long a text.</exception>
    public void Call(string name, IReadOnlyList<object?> arguments)
    {
        var length = arguments.Sum(static one => (long)LengthOf(one));
        // What only looks at a map does not write it.
        if (length > AlertTemplate.MaxLength && name is not ("len" or "index")) throw new TemplateException($"{name} is given more than {AlertTemplate.MaxLength:N0} characters");
        Step(10 + length);
        if (name is not ("match" or "reReplaceAll")) return;
        Step((long)LengthOf(arguments[0]) * StepsPerPatternCharacter);
        // Each place that matches, and each character of it, may be written as often as the replacement is long.
        if (name == "reReplaceAll" && arguments.Count == 3 && (LengthOf(arguments[1]) + 1L) * (LengthOf(arguments[2]) + 1L) > MaxSteps) throw new TemplateException("reReplaceAll would make too long a text");
    }

    /// <summary>A value that a call made, where it is not too long.</summary>
    /// <exception cref="TemplateException">It is.</exception>
    public static object? Made(object? value) =>
        value is string { Length: > AlertTemplate.MaxLength } ? throw new TemplateException($"a text is longer than {AlertTemplate.MaxLength:N0} characters") : value;

    private static int LengthOf(object? value) => value switch
    {
        string text => text.Length,
        IReadOnlyDictionary<string, string> map => map.Sum(static pair => pair.Key.Length + pair.Value.Length + 2),
        _ => 8,
    };
}
