using QRCoder;

namespace Mfa.Pages.Tests;

/// <summary>QR codes, by QRCoder.</summary>
internal static class Qr
{
    public static byte[] Png(string text) => PngByteQRCodeHelper.GetQRCode(text, QRCodeGenerator.ECCLevel.M, 6);

    /// <summary>A film of a QR code (y4m), for a camera that shows nothing else.</summary>
    public static void Film(string text, string file)
    {
        const int Width = 640, Height = 480, Module = 6;
        using var data = new QRCodeGenerator().CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var luma = Enumerable.Repeat((byte)235, Width * Height).ToArray();
        var (left, top) = ((Width - (data.ModuleMatrix.Count * Module)) / 2, (Height - (data.ModuleMatrix.Count * Module)) / 2);
        for (var y = 0; y < data.ModuleMatrix.Count * Module; y++)
        {
            for (var x = 0; x < data.ModuleMatrix.Count * Module; x++)
            {
                luma[((top + y) * Width) + left + x] = data.ModuleMatrix[y / Module][x / Module] ? (byte)16 : (byte)235;
            }
        }

        using var film = File.Create(file);
        film.Write(System.Text.Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\n"));
        for (var frame = 0; frame < 2; frame++)
        {
            film.Write("FRAME\n"u8);
            film.Write(luma);
            film.Write([.. Enumerable.Repeat((byte)128, Width * Height / 2)]);
        }
    }
}
