using Microsoft.Extensions.Options;

namespace LiveDash.Core.Query.Data;

/// <summary>Checks the settings of expressions at start and tells all faults at once.</summary>
internal sealed class QueryLimitsCheck : IValidateOptions<QueryLimits>
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "LiveDash:Query";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, QueryLimits options)
    {
        var faults = new List<string>();
        if (options.MaxSeries < 1) faults.Add($"{Section}:MaxSeries must be at least 1.");
        if (options.MaxPoints < 1) faults.Add($"{Section}:MaxPoints must be at least 1.");
        if (options.MaxBytes < 1_048_576) faults.Add($"{Section}:MaxBytes must be at least 1048576 (1 MiB).");
        if (options.MaxSteps is < 1 or > 1_000_000) faults.Add($"{Section}:MaxSteps must be from 1 to 1000000.");
        if (options.MaxTime <= TimeSpan.Zero || options.MaxTime > TimeSpan.FromDays(1)) faults.Add($"{Section}:MaxTime must be more than nothing and at most a day, such as 00:02:00.");
        if (options.Lookback <= TimeSpan.Zero || options.Lookback > TimeSpan.FromDays(7)) faults.Add($"{Section}:Lookback must be more than nothing and at most 7 days, such as 00:05:00.");
        if (options.SubqueryStep <= TimeSpan.Zero) faults.Add($"{Section}:SubqueryStep must be more than nothing, such as 00:01:00.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
