using System.Globalization;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>A kind of source, or of way onward, that users set up: its settings, and how it runs. Stateless, so safe on any thread.</summary>
public abstract class SourceKind
{
    /// <summary>What stands in the place of a secret that is kept and not shown.</summary>
    public const string Hidden = "********";

    /// <summary>The name in files, in the API and on the Sources page's account.</summary>
    public abstract string Name { get; }

    /// <summary>As on screen.</summary>
    public abstract string Title { get; }

    /// <summary>What it does, in a sentence.</summary>
    public abstract string Help { get; }

    /// <summary>True where points leave by it.</summary>
    public virtual bool IsForward => false;

    /// <summary>Its settings, in the order shown.</summary>
    public abstract IReadOnlyList<SourceField> Fields { get; }

    /// <summary>One of its settings.</summary>
    public SourceField Field(string key) => Fields.First(field => field.Key == key);

    /// <summary>What becomes of a secret that is not given anew: it stays, unless the source leads elsewhere than before; then <see cref="Hidden"/> is left, which is a fault.</summary>
    public string Kept(string key, SourceSetup? old, IReadOnlyDictionary<string, string> values)
    {
        var secret = old?.Values.GetValueOrDefault(key) ?? "";
        return secret.Length > 0 && Fields.Any(field => field.IsTarget && values.GetValueOrDefault(field.Key, field.Default) != old!.Values.GetValueOrDefault(field.Key, field.Default)) ? Hidden : secret;
    }

    /// <summary>Everything that is wrong with the values, each with its key.</summary>
    public IReadOnlyList<SettingOf> Faults(IReadOnlyDictionary<string, string> values)
    {
        var faults = values.Keys.Where(key => Fields.All(field => field.Key != key))
            .Select(key => new SettingOf(key, $"{Name} has no setting {key}; there are {string.Join(", ", Fields.Select(static field => field.Key))}.")).ToList();
        foreach (var field in Fields)
        {
            var value = values.TryGetValue(field.Key, out var given) && given.Length > 0 ? given : field.Default;
            if (value.Length == 0 && field.IsRequired) faults.Add(new(field.Key, $"{field.Label} is needed."));
            else if (value.Length > 16_384) faults.Add(new(field.Key, $"{field.Label} is longer than 16,384 characters."));
            else if (value.Length > 0 && FaultOf(field, value) is { } fault) faults.Add(new(field.Key, fault));
        }

        if (faults.Count == 0) faults.AddRange(Check(new SourceValues(this, values)));
        return faults;
    }

    /// <summary>Runs until it is told to stop; an exception is told, and it is run again after a while.</summary>
    public abstract Task RunAsync(SourceContext context, CancellationToken cancellationToken);

    /// <summary>Tries it once, without keeping anything; what was found, in words.</summary>
    public abstract Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken);

    /// <summary>What is wrong with values that are each right by themselves.</summary>
    protected virtual IEnumerable<SettingOf> Check(SourceValues values) => [];

    private static string? FaultOf(SourceField field, string value) => field.Type switch
    {
        SourceFieldType.Number when !double.TryParse(value, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) => $"{field.Label} is a number.",
        SourceFieldType.Duration when !SourceValues.TryDuration(value, out _) => $"{field.Label} is a length of time, such as 15s.",
        SourceFieldType.Flag when value is not ("true" or "false") => $"{field.Label} is true or false.",
        SourceFieldType.Choice when !field.Choices.Contains(value) => $"{field.Label} is one of {string.Join(", ", field.Choices)}.",
        SourceFieldType.Address when !Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") => $"{field.Label} is an address such as http://127.0.0.1:8086.",
        SourceFieldType.Secret when value == Hidden => $"{field.Label} must be given anew: what was kept is for where the source led before.",
        _ => null,
    };
}
