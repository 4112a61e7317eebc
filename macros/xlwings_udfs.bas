Attribute VB_Name = "xlwings_udfs"
'Made by xlwings' generator, run by "cchc build": changes will be lost.
#Const App = "Microsoft Excel" 'Adjust when using outside of Excel
Function CCHC_BIEUMAU(Optional vung)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_BIEUMAU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_BIEUMAU", Array(vung), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_BIEUMAU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_BIEUMAU", Array(vung))
        Exit Function
    #End If
failed:
    CCHC_BIEUMAU = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_CONTHIEU(Optional tu_so, Optional mau_so, Optional muc_tieu)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_CONTHIEU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_CONTHIEU", Array(tu_so, mau_so, muc_tieu), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_CONTHIEU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_CONTHIEU", Array(tu_so, mau_so, muc_tieu))
        Exit Function
    #End If
failed:
    CCHC_CONTHIEU = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_DATMUCTIEU(Optional muc_tieu, Optional thuc_te)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_DATMUCTIEU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_DATMUCTIEU", Array(muc_tieu, thuc_te), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_DATMUCTIEU = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_DATMUCTIEU", Array(muc_tieu, thuc_te))
        Exit Function
    #End If
failed:
    CCHC_DATMUCTIEU = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_HANTRA(Optional ngay_nhan, Optional so_ngay_lam_viec)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_HANTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_HANTRA", Array(ngay_nhan, so_ngay_lam_viec), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_HANTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_HANTRA", Array(ngay_nhan, so_ngay_lam_viec))
        Exit Function
    #End If
failed:
    CCHC_HANTRA = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_KIEMTRA(Optional vung)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_KIEMTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_KIEMTRA", Array(vung), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_KIEMTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_KIEMTRA", Array(vung))
        Exit Function
    #End If
failed:
    CCHC_KIEMTRA = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_SO(Optional chu)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_SO = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_SO", Array(chu), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_SO = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_SO", Array(chu))
        Exit Function
    #End If
failed:
    CCHC_SO = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_SONGAYLAMVIEC(Optional tu, Optional den)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_SONGAYLAMVIEC = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_SONGAYLAMVIEC", Array(tu, den), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_SONGAYLAMVIEC = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_SONGAYLAMVIEC", Array(tu, den))
        Exit Function
    #End If
failed:
    CCHC_SONGAYLAMVIEC = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TONG(ParamArray cac_o())
    Dim argsArray() As Variant
    argsArray = Array()
    If UBound(cac_o) >= LBound(cac_o) Then ReDim Preserve argsArray(0 to UBound(cac_o) - LBound(cac_o) + 0)
    For k = LBound(cac_o) To UBound(cac_o)
    argsArray(0 + k - LBound(cac_o)) = cac_o(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TONG = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TONG", argsArray, ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TONG = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TONG", argsArray)
        Exit Function
    #End If
failed:
    CCHC_TONG = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TUKIEMTRA(Optional phien_ban)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TUKIEMTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TUKIEMTRA", Array(phien_ban), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TUKIEMTRA = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TUKIEMTRA", Array(phien_ban))
        Exit Function
    #End If
failed:
    CCHC_TUKIEMTRA = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE_BCCI(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE_BCCI = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_BCCI", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE_BCCI = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_BCCI", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE_BCCI = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE_DUNGHAN(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE_DUNGHAN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_DUNGHAN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE_DUNGHAN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_DUNGHAN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE_DUNGHAN = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE_HOANTHANH(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE_HOANTHANH = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_HOANTHANH", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE_HOANTHANH = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_HOANTHANH", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE_HOANTHANH = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE_TREHAN(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE_TREHAN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_TREHAN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE_TREHAN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_TREHAN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE_TREHAN = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_TYLE_TRUCTUYEN(Optional tu_so, Optional mau_so, Optional tu_so_2, Optional mau_so_2, Optional tu_so_3, Optional mau_so_3, Optional tu_so_4, Optional mau_so_4, Optional tu_so_5, Optional mau_so_5, Optional tu_so_6, Optional mau_so_6)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_TYLE_TRUCTUYEN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_TRUCTUYEN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_TYLE_TRUCTUYEN = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_TYLE_TRUCTUYEN", Array(tu_so, mau_so, tu_so_2, mau_so_2, tu_so_3, mau_so_3, tu_so_4, mau_so_4, tu_so_5, mau_so_5, tu_so_6, mau_so_6))
        Exit Function
    #End If
failed:
    CCHC_TYLE_TRUCTUYEN = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_XEPHANG(Optional vung_diem)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_XEPHANG = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_XEPHANG", Array(vung_diem), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_XEPHANG = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_XEPHANG", Array(vung_diem))
        Exit Function
    #End If
failed:
    CCHC_XEPHANG = CCHC_LoiHam(Err.Number, Err.Description)
End Function

Function CCHC_XEPLOAI(Optional diem, Optional thang)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        CCHC_XEPLOAI = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_XEPLOAI", Array(diem, thang), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        CCHC_XEPLOAI = XLPy.CallUDF("cchc_calc.excel.udf", "CCHC_XEPLOAI", Array(diem, thang))
        Exit Function
    #End If
failed:
    CCHC_XEPLOAI = CCHC_LoiHam(Err.Number, Err.Description)
End Function

