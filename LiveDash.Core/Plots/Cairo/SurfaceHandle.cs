using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Plots.Cairo;

/// <summary>Owns one reference to a <c>cairo_surface_t</c>.</summary>
internal sealed class SurfaceHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        CairoNative.cairo_surface_destroy(handle);
        return true;
    }
}
