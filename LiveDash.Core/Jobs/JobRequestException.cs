namespace LiveDash.Core.Jobs;

/// <summary>A request is at fault; HTTP answers 400.</summary>
public sealed class JobRequestException(IReadOnlyList<FieldFault> faults)
    : ArgumentException(string.Join(" ", faults.Select(static f => $"{f.Field}: {f.Message}")))
{
    /// <summary>Every fault; at least one.</summary>
    public IReadOnlyList<FieldFault> Faults { get; } = faults;
}
