Attribute VB_Name = "CCHC_Nut"
Option Explicit
'The buttons of the workbook. They only call: Excel computes, prints and saves, Python checks.

Private Const BUTTONS_OF_PYTHON As String = "cchc_calc.buttons"
Private Const PDF_FILE As Long = 0

Public Sub CCHC_NutTinhLai()
    On Error GoTo failed
    Recalculate
    CCHC_Say AnswerOfPython("recalculated", Array(CCHC_Text("version")))
    Exit Sub
failed:
    CCHC_Say CCHC_Failure(Err.Number, Err.Description)
End Sub

Public Sub CCHC_NutKiemTra()
    Dim copy As String
    On Error GoTo failed
    Recalculate
    CCHC_Sheet("KiemTra").Activate
    'Python reads a copy, so that what is not saved yet is checked too and nothing has to be saved.
    copy = AnswerOfPython("path_for_copy", Array())
    ThisWorkbook.SaveCopyAs copy
    CCHC_Say AnswerOfPython("check_copy", Array(copy, CCHC_Text("version")))
    Exit Sub
failed:
    CCHC_Say CCHC_Failure(Err.Number, Err.Description)
End Sub

Public Sub CCHC_NutXuatPDF()
    Dim target As String
    On Error GoTo failed
    target = PdfPath(ThisWorkbook.Path, ThisWorkbook.Name, Application.PathSeparator)
    If target = "" Then
        CCHC_Say CCHC_Text("not_saved")
        Exit Sub
    End If
    If FileIsThere(target) Then
        If CCHC_Ask(CCHC_Text("overwrite") & vbLf & target, vbYesNo + vbQuestion) <> vbYes Then Exit Sub
    End If
    CCHC_Sheet("BieuMau").ExportAsFixedFormat PDF_FILE, target
    CCHC_Say CCHC_Text("exported") & vbLf & target
    Exit Sub
failed:
    CCHC_Say CCHC_Text("not_exported") & vbLf & vbLf & CCHC_Text("reported") & " " & Err.Description
End Sub

Public Sub CCHC_NutTongHop()
    On Error GoTo failed
    CCHC_Say AnswerOfPython("consolidate", Array(CCHC_Text("version"), ThisWorkbook.Path, ThisWorkbook.Name))
    Exit Sub
failed:
    CCHC_Say CCHC_Failure(Err.Number, Err.Description)
End Sub

Public Sub CCHC_NutTroGiup()
    On Error GoTo failed
    'Here and not when the workbook is opened: code that runs by itself is what mail filters hold back.
    CCHC_DescribeFunctions
    CCHC_Sheet("HuongDan").Activate
    Exit Sub
failed:
    CCHC_Say CCHC_Text("no_guide")
End Sub

Private Function PdfPath(ByVal folder As String, ByVal workbookName As String, ByVal separator As String) As String
    'Empty for a workbook that lies in no folder of this computer: not saved yet, or opened from a web address.
    If folder = "" Or InStr(folder, "://") > 0 Then Exit Function
    PdfPath = folder & separator & Left$(workbookName, InStrRev(workbookName, ".") - 1) & ".pdf"
End Function

Private Sub Recalculate()
    'LibreOffice knows the second command only.
    On Error Resume Next
    Application.CalculateFull
    If Err.Number <> 0 Then Application.Calculate
End Sub

Private Function AnswerOfPython(ByVal question As String, ByVal details As Variant) As String
    AnswerOfPython = XLPy.Str(XLPy.Call(XLPy.Module(BUTTONS_OF_PYTHON), question, XLPy.TupleFromArray(details)))
End Function

Private Function FileIsThere(ByVal path As String) As Boolean
    'Dir takes a Vietnamese letter for a question mark, which stands for any letter.
    On Error Resume Next
    FileIsThere = CreateObject("Scripting.FileSystemObject").FileExists(path)
    If Err.Number <> 0 Then FileIsThere = (Dir(path) <> "")
End Function
