using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Plots.Cairo;

/// <summary>Owns one reference to a <c>cairo_t</c>.</summary>
internal sealed class ContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        CairoNative.cairo_destroy(handle);
        return true;
    }
}
