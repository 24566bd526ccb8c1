using Microsoft.Extensions.Options;

namespace LiveDash.Core.Detection;

/// <summary>Refuses a start with settings of the detector that cannot be meant.</summary>
internal sealed class DetectionOptionsValidator : IValidateOptions<DetectionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DetectionOptions options) =>
        options.TryRead(out _, out var fault) ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(fault);
}
