using System.Globalization;
using LiveDash.Core.Model;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Configuration;

/// <summary>Says which limits cannot be kept: each is above zero, and every one that is not is named. Stateless, so safe on any thread.</summary>
public sealed class LimitsValidator : IValidateOptions<Limits>
{
    /// <summary>Where the limits stand in the configuration.</summary>
    public const string Section = "LiveDash:Limits";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, Limits options)
    {
        // By reflection, so that a limit added later is checked without a line here.
        var faults = typeof(Limits).GetProperties()
            .Where(property => !IsAboveZero(property.GetValue(options)))
            .Select(property => string.Create(
                CultureInfo.InvariantCulture, $"{Section}:{property.Name} is {property.GetValue(options)}, but a limit is above zero."))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsAboveZero(object? value) => value switch
    {
        int count => count > 0,
        long count => count > 0,
        double ratio => ratio > 0,
        TimeSpan duration => duration > TimeSpan.Zero,
        _ => true,
    };
}
